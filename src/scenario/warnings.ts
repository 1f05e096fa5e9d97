import type { Settings } from '../simulation/settings.ts'
import { ruleWarnings, unsafeWarnings } from './rule-warnings.ts'
import type { SettingKey } from './settings-table.ts'

/** Why settings that are allowed may still not do what somebody hopes. */
export interface Warning {
  readonly keys: readonly SettingKey[]
  readonly sentence: string
  /** What Raft promises does not hold any more. */
  readonly unsafe?: true
}

/**
 * All that is doubtful about settings, the worst first. They are never refused: unstable clusters teach, too. `clocks`
 * are the servers' rates, in thousandths.
 */
export function warnings(settings: Settings, clocks: readonly number[] = []): Warning[] {
  const found = [...rangeWarnings(settings), ...electionWarnings(settings), ...patienceWarnings(settings)]
  return [...unsafeWarnings(settings, clocks), ...found, ...lossWarnings(settings), ...ruleWarnings(settings)]
}

function rangeWarnings(settings: Settings): Warning[] {
  const { electionTimeoutMin, electionTimeoutMax, latencyMin, latencyMax } = settings
  const found: Warning[] = []
  if (electionTimeoutMin > electionTimeoutMax) {
    found.push({
      keys: ['electionTimeoutMin', 'electionTimeoutMax'],
      sentence: `The shortest election timeout, ${ms(electionTimeoutMin)}, is above the longest, ${ms(electionTimeoutMax)}: every server waits exactly ${ms(electionTimeoutMin)}.`,
    })
  }
  if (latencyMin > latencyMax) {
    found.push({
      keys: ['latencyMin', 'latencyMax'],
      sentence: `The shortest latency, ${ms(latencyMin)}, is above the longest, ${ms(latencyMax)}: every message takes ${ms(latencyMin)}.`,
    })
  }
  return found
}

/** §5.6: broadcastTime ≪ electionTimeout, or no leader stays. */
function electionWarnings(settings: Settings): Warning[] {
  const { electionTimeoutMin: shortest, heartbeatInterval: heartbeat } = settings
  const longest = Math.max(shortest, settings.electionTimeoutMax)
  const latency = slowest(settings)
  const jitter = latency - settings.latencyMin
  const found: Warning[] = []
  if (heartbeat >= shortest) {
    found.push({
      keys: ['heartbeatInterval', 'electionTimeoutMin'],
      sentence: `Heartbeats every ${ms(heartbeat)} come too late for election timeouts from ${ms(shortest)}: followers depose a leader that is well.`,
    })
  } else if (heartbeat + jitter >= shortest) {
    found.push({
      keys: ['heartbeatInterval', 'latencyMax', 'electionTimeoutMin'],
      sentence: `Heartbeats leave every ${ms(heartbeat)} but can arrive ${ms(heartbeat + jitter)} apart, and election timeouts begin at ${ms(shortest)}: now and then a follower deposes a leader that is well.`,
    })
  }
  if (longest - shortest < latency) {
    const waits = longest === shortest ? `all ${ms(shortest)}` : `all from ${ms(shortest)} to ${ms(longest)}`
    found.push({
      keys: ['electionTimeoutMin', 'electionTimeoutMax', 'latencyMax'],
      sentence: `Election timeouts are ${waits}, closer together than the ${ms(latency)} a message can take: several servers stand at once and split the votes, perhaps for ever.`,
    })
  }
  const round = 2 * latency
  if (round >= shortest) {
    found.push({
      keys: ['latencyMax', 'electionTimeoutMin'],
      sentence: `Asking for a vote and getting it takes up to ${ms(round)}, and election timeouts begin at ${ms(shortest)}: elections can run out before they are won.`,
    })
  } else if (3 * round > shortest) {
    found.push({
      keys: ['latencyMax', 'electionTimeoutMin'],
      sentence: `A round trip takes up to ${ms(round)}; election timeouts from ${ms(shortest)} should be several times that (§5.6).`,
    })
  }
  return found
}

function patienceWarnings(settings: Settings): Warning[] {
  const { rpcTimeout, clientTimeout, clientPatience, diskLatency, sessions } = settings
  const round = 2 * slowest(settings)
  const found: Warning[] = []
  if (rpcTimeout < round + diskLatency) {
    found.push({
      keys: diskLatency > 0 ? ['rpcTimeout', 'latencyMax', 'diskLatency'] : ['rpcTimeout', 'latencyMax'],
      sentence: `Requests are sent again after ${ms(rpcTimeout)}, but an answer can take ${ms(round + diskLatency)}: many are sent twice for nothing.`,
    })
  }
  if (clientTimeout < 2 * round) {
    found.push({
      keys: ['clientTimeout', 'latencyMax'],
      sentence: `Clients try another server after ${ms(clientTimeout)}, but a command, with its copies to a majority, can take ${ms(2 * round)}: some are ${sessions ? 'sent twice for nothing' : 'carried out twice'}.`,
    })
  }
  if (clientPatience < clientTimeout) {
    found.push({
      keys: ['clientPatience', 'clientTimeout'],
      sentence: `Clients give a command up after ${ms(clientPatience)}, before their first timeout of ${ms(clientTimeout)} has passed: they try each server no more than once.`,
    })
  }
  return found
}

function lossWarnings({ loss }: Settings): Warning[] {
  if (loss < 300_000) return []
  const keys = ['loss'] as const
  if (loss >= 1_000_000) {
    return [{ keys, sentence: 'Every message is lost: no server can win an election against others.' }]
  }
  return [
    {
      keys,
      sentence: `With ${loss / 10_000} % of the messages lost, leaders are often deposed only because their heartbeats went missing.`,
    },
  ]
}

const slowest = ({ latencyMin, latencyMax }: Settings): number => Math.max(latencyMin, latencyMax)

const ms = (time: number): string => `${time / 1000} ms`
