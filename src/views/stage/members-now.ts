import type { ServerId } from '../../base/ids.ts'
import { membersAfter } from '../../store/more-deeds.ts'
import type { Frame } from '../../worker/protocol.ts'
import { spokesman } from './members.ts'

/** The members as the leader knows them, or whoever knows most; those to be, while they change. */
export function membersOf({ servers }: Frame): readonly ServerId[] {
  const speaker = spokesman(servers)
  return speaker === null ? [] : membersAfter(speaker.members)
}
