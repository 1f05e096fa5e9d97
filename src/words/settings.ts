import { unreachable } from '../base/assert.ts'
import type { Micros } from '../base/ids.ts'
import type { BreakableRule } from '../raft/settings.ts'
import type { LinkSettings, Settings } from '../simulation/settings.ts'
import { ms } from './sentence.ts'

type Name = keyof Settings

type SwitchName = { [K in Name]: Settings[K] extends boolean ? K : never }[Name]

/** What each setting is called; a rule that can be broken as it is called in the code. */
const NAMES: Readonly<Record<Exclude<Name, BreakableRule>, string>> = {
  electionTimeoutMin: 'shortest election timeout',
  electionTimeoutMax: 'longest election timeout',
  heartbeatInterval: 'heartbeat interval',
  rpcTimeout: 'RPC timeout',
  maxEntries: 'entries per AppendEntries',
  backUp: 'nextIndex backs up',
  latencyMin: 'shortest latency',
  latencyMax: 'longest latency',
  loss: 'loss',
  duplicate: 'duplication',
  reorder: 'reordering',
  clientRate: 'commands per second',
  clientTimeout: 'client timeout',
  clientBackoff: 'client backoff',
  clientPatience: 'client patience',
  noOp: 'no-op',
  preVote: 'PreVote',
  checkQuorum: 'CheckQuorum',
  snapshotAt: 'snapshot at',
  snapshotChunk: 'snapshot in a message',
  membership: 'members change',
  changeAfterOwnEntry: 'only after an own entry',
  catchUp: 'catching up first',
  sessions: 'sessions',
  mostSessions: 'sessions at once',
  reads: 'reads',
  batchDelay: 'batching',
  pipeline: 'pipelining',
  parallelWrite: 'writing in parallel',
  diskLatency: 'disk latency',
}

const isNamed = (name: Name): name is keyof typeof NAMES => Object.hasOwn(NAMES, name)

/** `vote without comparing` */
const nameText = (name: Name): string =>
  isNamed(name) ? NAMES[name] : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** `loss 5 %, heartbeat interval 50.0 ms` */
export function changeText(settings: Partial<Settings>): string {
  const names = (Object.keys(settings) as Name[]).filter((name) => settings[name] !== undefined)
  if (names.length === 0) return 'nothing'
  return names.map((name) => `${nameText(name)} ${valueText(name, settings)}`).join(', ')
}

export function linkText(settings: LinkSettings | null): string {
  return settings === null ? 'it has the cluster’s settings again' : changeText(settings)
}

function valueText(name: Name, settings: Partial<Settings>): string {
  const value = settings[name]
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const kind = name as Exclude<Name, SwitchName>
  switch (kind) {
    case 'electionTimeoutMin':
    case 'electionTimeoutMax':
    case 'heartbeatInterval':
    case 'rpcTimeout':
    case 'latencyMin':
    case 'latencyMax':
    case 'clientTimeout':
    case 'clientBackoff':
    case 'clientPatience':
    case 'batchDelay':
    case 'diskLatency':
      return ms(value as Micros)
    case 'loss':
    case 'duplicate':
    case 'reorder':
      return `${(value as number) / 10_000} %`
    case 'maxEntries':
    case 'clientRate':
      return `${value}`
    case 'snapshotAt':
      return settings.snapshotAt === 0 ? 'never' : `${settings.snapshotAt} entries`
    case 'snapshotChunk':
      return settings.snapshotChunk === 0 ? 'the whole' : `${settings.snapshotChunk} bytes`
    case 'mostSessions':
      return `${settings.mostSessions}`
    case 'pipeline':
      return settings.pipeline === 0 ? 'off' : `${settings.pipeline} on their way`
    case 'membership':
      return CHANGES[settings.membership as Settings['membership']]
    case 'reads':
      return READS[settings.reads as Settings['reads']]
    case 'backUp':
      return settings.backUp === 'one' ? 'one entry at a time' : 'a term at a time'
    default:
      return unreachable(kind)
  }
}

const CHANGES: Readonly<Record<Settings['membership'], string>> = {
  single: 'one at a time',
  joint: 'by joint consensus',
  jump: 'at once',
}

const READS: Readonly<Record<Settings['reads'], string>> = {
  log: 'through the log',
  readIndex: 'by ReadIndex',
  lease: 'by lease',
  local: 'without asking',
}

/** What a disk does: `takes 20.0 ms to write`. */
export function diskText(latency: Micros | null): string {
  if (latency === null) return 'is as fast as the cluster’s'
  return latency === 0 ? 'writes at once' : `takes ${ms(latency)} to write`
}

/** A clock's rate in thousandths, as a factor: `1.5×` */
export const rateText = (rate: number): string => `${rate / 1000}×`
