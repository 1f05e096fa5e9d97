import type { BreakableRule } from '../raft/settings.ts'
import type { Settings } from '../simulation/settings.ts'
import { unsafeRules } from './unsafe.ts'
import type { Warning } from './warnings.ts'

/** What to look for while a rule is broken: what does not hold, and what it takes to see that. */
const BROKEN: Readonly<Record<BreakableRule, string>> = {
  voteWithoutComparing:
    'Leader Completeness does not hold: let a server miss a committed entry, and make it stand for election.',
  voteTwice: 'Election Safety does not hold: let two servers stand for election at the same time.',
  forgetVote:
    'Election Safety does not hold: crash and restart a voter between the requests of two candidates.',
  forgetTerm: 'Terms do not rise any more: crash and restart a server that has seen a term.',
  commitOldTerms:
    'Leader Completeness does not hold: a leader that is back brings an old entry to a majority, and loses its office to one without it.',
  truncateAlways:
    'What a leader counts as stored need not be: hold up an AppendEntries until later ones have arrived.',
  skipConsistencyCheck:
    'Log Matching does not hold: let a follower take entries that nobody else has, and another leader send to it.',
  countMinority: 'Election Safety does not hold: cut the cluster in two, and let both parts elect.',
  applyUncommitted:
    'What is applied need not be committed: send a leader a command while it reaches nobody, or look at any follower.',
  readBeforeOwnEntry:
    'Reads can be out of date: ask a new leader for a value before it has committed anything of its own.',
  ignoreSnapshotBoundary:
    'Leader Completeness does not hold: let a server with nothing but a snapshot be asked for its vote by one that is behind.',
  acceptStaleSnapshot:
    'Commit indexes do not rise any more: hold up an InstallSnapshot, or let it arrive twice.',
  keepOldVotes:
    'Election Safety does not hold: let votes split, so that a candidate stands again with some of them.',
  ignoreTermsInReplies:
    'Reads by ReadIndex or lease can be out of date: cut the links to a leader, but not those from it, until another is elected.',
}

const UNSAFE: Partial<Record<keyof Settings, string>> = {
  ...BROKEN,
  membership:
    'The members change at once: the old and the new ones can each have a majority without a server in common, and so two leaders of one term.',
  changeAfterOwnEntry:
    'A new leader changes members before it has committed an entry of its own term: its majority and that of a change begun before it need not have a server in common, so committed entries can be lost.',
  reads:
    'A leader answers gets from what it has at hand: one that has been deposed without knowing it, or one newly elected that does not know yet what is committed, returns values that are out of date.',
}

/** What breaks Raft's promises. `clocks` are the servers' rates, in thousandths. */
export function unsafeWarnings(settings: Settings, clocks: readonly number[]): Warning[] {
  return unsafeRules(settings, clocks).map((key) => {
    const isLease = key === 'reads' && settings.reads === 'lease'
    const sentence = isLease ? leaseSentence(clocks) : `${UNSAFE[key] ?? ''}${idle(key, settings)}`
    return { keys: [key], sentence, unsafe: true }
  })
}

/** What a broken rule waits for before anything can come of it. */
function idle(key: keyof Settings, { reads, snapshotAt }: Settings): string {
  const isOfReads = key === 'readBeforeOwnEntry' || key === 'ignoreTermsInReplies'
  if (isOfReads && reads !== 'readIndex' && reads !== 'lease')
    return ' Nothing comes of it unless gets are answered by ReadIndex or lease.'
  const isOfSnapshots = key === 'ignoreSnapshotBoundary' || key === 'acceptStaleSnapshot'
  return isOfSnapshots && snapshotAt === 0 ? ' Nothing comes of it as long as no snapshots are taken.' : ''
}

function leaseSentence(clocks: readonly number[]): string {
  const [slowest, fastest] = [Math.min(...clocks), Math.max(...clocks)]
  return `The clocks run apart, at ${slowest / 10} % to ${fastest / 10} %: on a slow one a lease lasts longer than the others wait, so that a deposed leader can return values that are out of date.`
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
