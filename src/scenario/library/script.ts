import { type Address, clientId, millis, type ServerId, serverId, term } from '../../base/ids.ts'
import type { Command } from '../../raft/commands.ts'
import type { InitialServer, Intervention, ScriptItem } from '../../simulation/script.ts'
import { type Settings, section5Defaults } from '../../simulation/settings.ts'
import { ENGINE, type Scenario, type View } from '../scenario.ts'

/** The built-in scenarios are written with these few words. Times are in milliseconds. */
export const at = (time: number, act: Intervention): ScriptItem => ({ at: millis(time), skip: 0, act })

type OnOneServer = Extract<Intervention, { kind: 'Crash' | 'Restart' | 'TimeOut' | 'Isolate' }>['kind']

const on =
  (kind: OnOneServer) =>
  (server: number): Intervention => ({ kind, server: serverId(server) })

export const crash = on('Crash')
export const restart = on('Restart')
export const timeOut = on('TimeOut')
export const isolate = on('Isolate')
export const heal: Intervention = { kind: 'Heal' }

/** It starts again without its vote, or without anything. */
export const restartWithout = (server: number, loses: 'vote' | 'disk'): Intervention => ({
  kind: 'RestartWithout',
  server: serverId(server),
  loses,
})

/** One direction of one link. */
export const cut = (from: number, to: number): Intervention => ({
  kind: 'Cut',
  from: serverId(from),
  to: serverId(to),
})

export const transfer = (server: number, to: number): Intervention => ({
  kind: 'Transfer',
  server: serverId(server),
  to: serverId(to),
})

export const changeMembers = (add: readonly number[], remove: readonly number[]): Intervention => ({
  kind: 'ChangeMembers',
  add: ids(add),
  remove: ids(remove),
})

export const setDisk = (server: number, latency: number): Intervention => ({
  kind: 'SetDisk',
  server: serverId(server),
  latency: millis(latency),
})

/** At `rate` thousandths of true speed. */
export const setClock = (server: number, rate: number): Intervention => ({
  kind: 'SetClock',
  server: serverId(server),
  rate,
})

export const change = (settings: Partial<Settings>): Intervention => ({ kind: 'Change', settings })

/** The nth message from one to another is lost. */
export const drop = (from: number, to: Address | number, n: number): Intervention => ({
  kind: 'Drop',
  message: { from, to, n, copy: 0 },
})

export const partition = (...groups: readonly (readonly number[])[]): Intervention => ({
  kind: 'Partition',
  groups: groups.map(ids),
})

export const put = (key: string, value: string): Command => ({ kind: 'Put', key, value })
export const get = (key: string): Command => ({ kind: 'Get', key })

/** A client's command to one server. */
export const tell = (server: number, command: Command): Intervention => ({
  kind: 'Command',
  server: serverId(server),
  command,
})

/** C1 waits no longer for an answer to its nth request. */
export const tryElsewhere = (serial: number): Intervention => ({
  kind: 'ClientTimeOut',
  client: clientId(11),
  serial,
})

/** A disk whose log is written as its terms, as in the paper's figures. Entries of one place and term are the same. */
export const disk = (currentTerm: number, votedFor: number | null, terms: string): InitialServer => ({
  currentTerm: term(currentTerm),
  votedFor: votedFor === null ? null : serverId(votedFor),
  log: Array.from(terms, (digit, i) => ({ term: term(Number(digit)), command: put(keyAt(i), digit) })),
})

const keyAt = (i: number): string => 'xyz'[i % 3] as string
const ids = (servers: readonly number[]): ServerId[] => servers.map(serverId)

/** The moment a scenario opens at, how slowly it plays from there, and the server to watch. */
export const view = (time: number, slowdown: number, server?: number): View => ({
  at: millis(time),
  skip: null,
  selection: server === undefined ? null : { kind: 'server', server: serverId(server) },
  slowdown,
})

export interface Given {
  readonly name: string
  readonly seed: number
  readonly view: View
  readonly servers?: number
  readonly settings?: Partial<Settings>
  readonly initial?: readonly InitialServer[]
  readonly script?: readonly ScriptItem[]
}

/** A scenario that is as usual wherever nothing is said. */
export const scenario = (given: Given): Scenario => ({
  engine: ENGINE,
  servers: 5,
  initial: null,
  script: [],
  ...given,
  settings: { ...section5Defaults, ...given.settings },
})

/** Clients that wait long, where sending a command once more would blur what there is to see. */
export const steadfast: Partial<Settings> = { clientTimeout: millis(10_000) }
