import { type Micros, MOST_SERVERS, nameOf, type ServerId, serverId } from '../base/ids.ts'
import type { Frame, MembersFrame, ServerFrame } from '../worker/protocol.ts'
import { act } from './edit.ts'
import { app, say } from './state.ts'

/** What the further controls do: members, leadership, disks. Each is one intervention, and each says why it makes no sense. */

/** Who decides when the change that is under way is over. */
export const membersAfter = ({ voters, next }: MembersFrame): readonly ServerId[] => next ?? voters

/** The server that is added next: it does not exist yet. `null` if there are as many as there can be. */
export const newcomer = ({ servers }: Frame): ServerId | null =>
  servers.length < MOST_SERVERS ? serverId(servers.length + 1) : null

/** How the members would change, for all who are wanted and are none, and the other way round. */
export function changeTo(
  wanted: readonly ServerId[],
  members: readonly ServerId[],
): { readonly add: readonly ServerId[]; readonly remove: readonly ServerId[] } {
  return {
    add: wanted.filter((id) => !members.includes(id)),
    remove: members.filter((id) => !wanted.includes(id)),
  }
}

/** Who is asked to be added, or catches up first. */
const comingTo = ({ servers, clients }: Frame): readonly ServerId[] => [
  ...servers.flatMap(({ office }) => office?.change?.learners ?? []),
  ...clients.flatMap(({ open }) =>
    open.flatMap(({ command }) => (command.kind === 'ChangeMembers' ? command.add : [])),
  ),
]

/** Why the members cannot become those wanted; `null` if they can, or if the cluster may say no itself. */
export function whyNoChange(
  wanted: readonly ServerId[],
  members: readonly ServerId[],
  frame: Frame,
): string | null {
  const { add, remove } = changeTo(wanted, members)
  const changes = add.length + remove.length
  if (frame.end !== null) return 'The run ends here.'
  if (changes === 0) return 'These are the members already.'
  if (wanted.length === 0) return 'One member has to stay.'
  const coming = comingTo(frame)
  if (remove.length === 0 && add.every((id) => coming.includes(id)))
    return `${add.map(nameOf).join(', ')} ${add.length === 1 ? 'is' : 'are'} being added already.`
  if (changes > 1 && frame.settings.membership === 'single')
    return 'The rules allow one server at a time. Joint consensus changes several at once.'
  return null
}

export function changeMembers(wanted: readonly ServerId[], members: readonly ServerId[]): void {
  act({ kind: 'ChangeMembers', ...changeTo(wanted, members) })
}

/** Starts another server, empty, and asks the leader to make it a member. */
export function addServer(): void {
  const { frame } = app.getState()
  const id = frame === null ? null : newcomer(frame)
  if (id === null) return say(`A cluster has ${MOST_SERVERS} servers at most.`)
  act({ kind: 'ChangeMembers', add: [id], remove: [] })
  app.setState({ selection: { kind: 'server', server: id } })
}

/** Why a server cannot hand its leadership over; `null` if it can. */
export function whyNoTransfer({ id, state, role, office }: ServerFrame): string | null {
  if (state !== 'up') return `${nameOf(id)} is ${state}.`
  if (role !== 'leader' || office === null) return `${nameOf(id)} does not lead.`
  if (office.transfer !== null) return `It is on its way to ${nameOf(office.transfer.to)}.`
  return null
}

/** Who can take leadership over from a server: everyone else with a vote. */
export const heirsOf = ({ id, members: { voters, next } }: ServerFrame): readonly ServerId[] =>
  [...new Set([...voters, ...(next ?? [])])].filter((other) => other !== id).sort((a, b) => a - b)

export const transfer = (server: ServerId, to: ServerId): void => act({ kind: 'Transfer', server, to })

export const restartWithout = (server: ServerId, loses: 'vote' | 'disk'): void =>
  act({ kind: 'RestartWithout', server, loses })

export const setDisk = (server: ServerId, latency: Micros | null): void =>
  act({ kind: 'SetDisk', server, latency })
