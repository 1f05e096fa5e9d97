import type { ClientId, LogIndex } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'

/** Which clients' commands have been applied, and where first (§8). A get changes nothing, so it is not counted. */
export class Applications {
  /** By client, then by the serial number of the command: no client gives it to two. */
  private readonly first = new Map<ClientId, Map<number, LogIndex>>()

  /** An entry's command takes effect. Where the same one did so before; `null` if it did not. */
  add(entry: Entry): LogIndex | null {
    const { request, index } = entry
    if (request === null || !changes(entry)) return null
    const ofClient = this.of(request.client)
    const before = ofClient.get(request.serial)
    if (before === undefined) ofClient.set(request.serial, index)
    return before ?? null
  }

  firstOf({ request }: Entry): LogIndex | null {
    return request === null ? null : (this.first.get(request.client)?.get(request.serial) ?? null)
  }

  takeBack(entry: Entry): void {
    const { request, index } = entry
    if (request !== null && this.firstOf(entry) === index) this.of(request.client).delete(request.serial)
  }

  private of(client: ClientId): Map<number, LogIndex> {
    const found = this.first.get(client)
    if (found !== undefined) return found
    const fresh = new Map<number, LogIndex>()
    this.first.set(client, fresh)
    return fresh
  }
}

const changes = ({ command: { kind } }: Entry): boolean =>
  kind === 'Put' || kind === 'Delete' || kind === 'CompareAndSet'
