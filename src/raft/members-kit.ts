import { logIndex, serverId, term } from '../base/ids.ts'
import type { Configuration } from './configuration.ts'
import type { Entry } from './log.ts'
import type { AppendEntries } from './messages.ts'
import { configuration } from './server.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  clientRequest,
  entriesOf,
  leader,
  type Start,
} from './test-kit.ts'

/** Whoever runs the cluster asks for other members. */
export const changeMembers = (add: readonly number[], remove: readonly number[] = [], serial = 9) =>
  clientRequest(serial, { kind: 'ChangeMembers', add: add.map(serverId), remove: remove.map(serverId) })

export const members = (voters: readonly number[], next: readonly number[] | null = null): Configuration => ({
  voters: voters.map(serverId),
  next: next?.map(serverId) ?? null,
})

/** A configuration as an entry. */
export const membersEntry = (index: number, of: number, configured: Configuration): Entry => ({
  index: logIndex(index),
  term: term(of),
  command: { kind: 'Configuration', configuration: configured },
  request: null,
})

type Append = Parameters<typeof appendEntries>[0]

/** An AppendEntries with ordinary entries after `prev` of that log, and then a configuration. */
export function appendMembers(configured: Configuration, given: Append & { log: string }): AppendEntries {
  const { log, prev = 0, term: of = 2 } = given
  const request = appendEntries({ ...given, term: of })
  const before = entriesOf(log.slice(prev), prev + 1)
  return { ...request, entries: [...before, membersEntry(log.length + 1, of, configured)] }
}

/** `from` acknowledges everything up to `index`, by default all that the leader has. */
export function acknowledge(bench: Bench, from: number, index = bench.server.log.length): Bench {
  const { id, currentTerm, lastRpcId: rpcId } = bench.server
  const request = appendEntries({ from: id, to: from, term: currentTerm, rpcId })
  return bench.receive(appendReply({ ...request, prevLogIndex: logIndex(index) }))
}

/** The members as a server knows them: old ones, and new ones in joint consensus. */
export const membersOf = ({ server }: Bench): Configuration => configuration(server)

/** The leader of term 4, with an entry of its own that is committed, so that it may change the members. */
export function established(start: Start = {}): Bench {
  const bench = leader({ term: 4, ...start, settings: { noOp: true, catchUp: false, ...start.settings } })
  for (const { id } of bench.server.peers) acknowledge(bench, id)
  return bench.forget()
}
