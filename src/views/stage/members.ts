import type { ServerId } from '../../base/ids.ts'
import { type Configuration, majorityOf } from '../../raft/configuration.ts'
import type { MembersFrame, ServerFrame } from '../../worker/protocol.ts'
import { serverName } from '../kit/format.ts'

/** What a server is to the cluster: in joint consensus, a voter of the `old` set, of the `new` one, or of `both` (§6). */
export type Standing = 'voter' | 'old' | 'new' | 'both' | 'learner' | 'outside'

type Part = Pick<
  ServerFrame,
  'id' | 'state' | 'role' | 'currentTerm' | 'lastIndex' | 'lastTerm' | 'members' | 'office'
>

/** The leaders that are up, the latest first. */
const leadersOf = <T extends Part>(servers: readonly T[]): T[] =>
  servers
    .filter(({ role, state }) => role === 'leader' && state !== 'down')
    .sort((a, b) => b.currentTerm - a.currentTerm)

/** Whose view of the members is shown: the latest leader's, or else that of the most up-to-date log (§5.4.1). */
export function spokesman<T extends Part>(servers: readonly T[]): T | null {
  const [leader] = leadersOf(servers)
  if (leader !== undefined) return leader
  const up = servers.filter(({ state }) => state !== 'down')
  let best: T | null = null
  for (const one of up.length > 0 ? up : servers) {
    const isAhead =
      best === null ||
      one.lastTerm > best.lastTerm ||
      (one.lastTerm === best.lastTerm && one.lastIndex > best.lastIndex)
    if (isAhead && one.members.voters.length > 0) best = one
  }
  return best
}

/** What one server counts another as, by its own configuration. */
function viewOf({ members: { voters, next }, office }: Part, id: ServerId): Standing {
  const isOld = voters.includes(id)
  const isNew = next?.includes(id) === true
  if (isOld && next === null) return 'voter'
  if (isOld && isNew) return 'both'
  if (isOld || isNew) return isOld ? 'old' : 'new'
  return office?.change?.learners.includes(id) === true ? 'learner' : 'outside'
}

/**
 * What a server is to the cluster, and `to` whom where that is disputed: for leaders of different minds, or while its
 * removal is not committed, so that it still counts itself.
 */
export function standingOf(servers: readonly Part[], server: Part): { standing: Standing; to: string } {
  const leaders = leadersOf(servers)
  const speaker = spokesman(servers)
  if (speaker === null) return { standing: 'voter', to: '' }
  const judges = leaders.length > 0 ? leaders : [speaker]
  const theirs = judges.filter((judge) => viewOf(judge, server.id) !== 'outside')
  const [first] = theirs
  const name = ({ id }: Part) => (id === server.id ? 'itself' : serverName(id))
  if (first !== undefined) {
    const isDisputed = theirs.length < judges.length
    return { standing: viewOf(first, server.id), to: isDisputed ? theirs.map(name).join(', ') : '' }
  }
  const { index } = server.members
  const isRemoved = judges.some(({ members }) => members.committed && members.index > index)
  const standing = isRemoved ? 'outside' : viewOf(server, server.id)
  return { standing, to: standing === 'outside' ? '' : 'itself' }
}

/** Which sets decide now, as `3 of S1–S5 and 2 of S6–S8`; each leader's, where they differ. Empty if nothing changes members. */
export function majorityText(servers: readonly Part[]): string {
  const speaker = spokesman(servers)
  if (speaker === null) return ''
  const others = leadersOf(servers).filter(
    ({ members }) => quorumText(members) !== quorumText(speaker.members),
  )
  if (others.length > 0)
    return [speaker, ...others]
      .map(({ id, members }) => `${serverName(id)}: ${quorumText(members)}`)
      .join(', ')
  const isPlain = speaker.members.index === 0 && servers.every(({ id }) => viewOf(speaker, id) === 'voter')
  return isPlain ? '' : quorumText(speaker.members)
}

const quorumText = ({ voters, next }: MembersFrame): string =>
  next === null ? partText(voters) : `${partText(voters)} and ${partText(next)}`

const partText = (set: readonly ServerId[]): string => `${majorityOf(set)} of ${setText(set)}`

/** `S1–S4, S6` */
export const setText = (set: readonly number[]): string => runsOf(set, serverName).join(', ')

/** What fits into a cell of a log: `S1–5`, or `1–5+3–7` while both decide. */
export function cellText({ voters, next }: Configuration): string {
  const short = (set: readonly number[]) => runsOf(set, String).join()
  return next === null ? `S${short(voters)}` : `${short(voters)}+${short(next)}`
}

/** Three in a row or more are told by the first and the last. */
function runsOf(set: readonly number[], name: (id: number) => string): string[] {
  const parts: string[] = []
  for (let i = 0; i < set.length; ) {
    let end = i
    while (set[end + 1] === (set[end] ?? 0) + 1) end++
    const run = set.slice(i, end + 1).map(name)
    parts.push(...(run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run))
    i = end + 1
  }
  return parts
}
