import { unreachable } from '../base/assert.ts'
import type { Micros } from '../base/ids.ts'
import type { LinkSettings, Settings } from '../simulation/settings.ts'
import { ms } from './sentence.ts'

type Name = keyof Settings

/** What each setting is called. */
export const settingNames: Readonly<Record<Name, string>> = {
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
  snapshotChunk: 'snapshot chunk',
  membership: 'members change',
  changeAfterOwnEntry: 'change after own entry',
  catchUp: 'catch up first',
  sessions: 'sessions',
  mostSessions: 'most sessions',
  reads: 'reads',
  batchDelay: 'batch',
  pipeline: 'pipeline',
  parallelWrite: 'parallel write',
  diskLatency: 'disk latency',
}

/** `loss 5 %, heartbeat interval 50.0 ms` */
export function changeText(settings: Partial<Settings>): string {
  const names = (Object.keys(settings) as Name[]).filter((name) => settings[name] !== undefined)
  if (names.length === 0) return 'nothing'
  return names.map((name) => `${settingNames[name]} ${valueText(name, settings)}`).join(', ')
}

export function linkText(settings: LinkSettings | null): string {
  return settings === null ? 'it has the cluster’s settings again' : changeText(settings)
}

function valueText(name: Name, settings: Partial<Settings>): string {
  switch (name) {
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
      return ms(settings[name] as Micros)
    case 'loss':
    case 'duplicate':
    case 'reorder':
      return `${(settings[name] as number) / 10_000} %`
    case 'maxEntries':
    case 'clientRate':
      return `${settings[name]}`
    case 'snapshotAt':
    case 'snapshotChunk':
    case 'mostSessions':
    case 'pipeline':
    case 'membership':
    case 'reads':
      return `${settings[name]}`
    case 'noOp':
    case 'preVote':
    case 'checkQuorum':
    case 'changeAfterOwnEntry':
    case 'catchUp':
    case 'sessions':
    case 'parallelWrite':
      return settings[name] ? 'on' : 'off'
    case 'backUp':
      return settings.backUp === 'one' ? 'one entry at a time' : 'a term at a time'
    default:
      return unreachable(name)
  }
}

/** A clock's rate in thousandths, as a factor: `1.5×` */
export const rateText = (rate: number): string => `${rate / 1000}×`
