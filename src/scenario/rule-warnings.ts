import type { Settings } from '../simulation/settings.ts'
import { unsafeRules } from './unsafe.ts'
import type { Warning } from './warnings.ts'

const UNSAFE: Partial<Record<keyof Settings, string>> = {
  membership:
    'The members change at once: the old and the new ones can each have a majority without a server in common, and so two leaders of one term.',
  changeAfterOwnEntry:
    'A new leader changes members before it has committed an entry of its own term: its majority and that of a change begun before it need not have a server in common, so committed entries can be lost.',
  reads:
    'A leader answers gets from what it has at hand: one that has been deposed, and does not know it, returns values that are out of date.',
}

/** What breaks Raft's promises. `clocks` are the servers' rates, in thousandths. */
export function unsafeWarnings(settings: Settings, clocks: readonly number[]): Warning[] {
  const found: Warning[] = unsafeRules(settings).map((key) => {
    return { keys: [key], sentence: UNSAFE[key] ?? '', unsafe: true }
  })
  const [slowest, fastest] = [Math.min(...clocks), Math.max(...clocks)]
  if (settings.reads === 'lease' && slowest < fastest) {
    const sentence = `The clocks run apart, at ${slowest / 10} % to ${fastest / 10} %: on a slow one a lease lasts longer than the others wait, so that a deposed leader can return values that are out of date.`
    found.push({ keys: ['reads'], sentence, unsafe: true })
  }
  return found
}

/** Rules beyond §5 that do little, or less than somebody hopes, as the other settings are. */
export function ruleWarnings(settings: Settings): Warning[] {
  return [
    ...memberWarnings(settings),
    ...snapshotWarnings(settings),
    ...clientWarnings(settings),
    ...diskWarnings(settings),
  ]
}

function memberWarnings({ catchUp }: Settings): Warning[] {
  if (catchUp) return []
  const sentence =
    'A newcomer has a vote from the start, with an empty log: until it has caught up, fewer failures than usual stop all commits.'
  return [{ keys: ['catchUp'], sentence }]
}

function snapshotWarnings({ snapshotAt }: Settings): Warning[] {
  if (snapshotAt === 0 || snapshotAt >= 5) return []
  const often = snapshotAt === 1 ? 'after each entry' : `every ${snapshotAt} entries`
  const sentence = `With snapshots ${often}, a follower that misses a message or two is sent a whole snapshot.`
  return [{ keys: ['snapshotAt'], sentence }]
}

function clientWarnings(settings: Settings): Warning[] {
  const { sessions, mostSessions, clientRate, reads, noOp, batchDelay, clientTimeout } = settings
  const found: Warning[] = []
  if (sessions && mostSessions === 1 && clientRate > 0) {
    const sentence = 'C1 and C2 keep ending each other’s only session, and give up commands for it.'
    found.push({ keys: ['clientRate', 'mostSessions'], sentence })
  }
  if (!noOp && (reads === 'readIndex' || reads === 'lease')) {
    const sentence =
      'Without a no-op, a new leader does not know what is committed: gets wait for the first command of its term.'
    found.push({ keys: ['noOp', 'reads'], sentence })
  }
  if (batchDelay >= clientTimeout) {
    const sentence = `Commands are collected for ${ms(batchDelay)}, and clients stop waiting after ${ms(clientTimeout)}: they try another server before anything is sent.`
    found.push({ keys: ['clientTimeout', 'batchDelay'], sentence })
  }
  return found
}

function diskWarnings(settings: Settings): Warning[] {
  const { diskLatency, heartbeatInterval, parallelWrite } = settings
  if (diskLatency === 0) {
    const sentence =
      'Writing takes no time, so there is nothing to do in parallel, unless a server’s own disk is slower.'
    return parallelWrite ? [{ keys: ['diskLatency', 'parallelWrite'], sentence }] : []
  }
  const { electionTimeoutMin, latencyMin, latencyMax } = settings
  // A candidate writes its vote before it asks, and a voter before it answers (Figure 2).
  const election = 2 * (diskLatency + Math.max(latencyMin, latencyMax))
  if (election >= electionTimeoutMin) {
    const sentence = `Each vote waits ${ms(diskLatency)} for a disk: an election takes up to ${ms(election)}, and election timeouts begin at ${ms(electionTimeoutMin)}, so elections can run out before they are won.`
    return [{ keys: ['electionTimeoutMin', 'diskLatency'], sentence }]
  }
  if (diskLatency < heartbeatInterval) return []
  const sentence = `A write takes ${ms(diskLatency)}, and heartbeats leave every ${ms(heartbeatInterval)}: acknowledgements wait behind writes, and commits are slow.`
  return [{ keys: ['heartbeatInterval', 'diskLatency'], sentence }]
}

const ms = (time: number): string => `${time / 1000} ms`
