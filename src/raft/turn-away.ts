import { type ClientId, logIndex } from '../base/ids.ts'
import type { Context } from './effects.ts'
import type { Server } from './server.ts'

/** A client's request, as far as an answer names it. */
interface Asked {
  readonly client: ClientId
  readonly serial: number
}

/** §8: an answer without a result. Whoever hears it asks again, the leader it names if it names one. */
export function turnAway(
  { id }: Server,
  { client: to, serial }: Asked,
  leader: Server['leaderId'],
  { out }: Context,
): void {
  out.send({ kind: 'ClientReply', from: id, to, leader, serial, result: null, upTo: logIndex(0) })
}
