import type { LogIndex } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'

/** Which clients' commands have been applied, and where first (§8). A get changes nothing, so it is not counted. */
export class Applications {
  private readonly first = new Map<number, LogIndex>()

  /** An entry's command takes effect. Where the same one did so before; `null` if it did not. */
  add(entry: Entry): LogIndex | null {
    const name = nameOf(entry)
    if (name === null) return null
    const before = this.first.get(name)
    if (before === undefined) this.first.set(name, entry.index)
    return before ?? null
  }

  takeBack(entry: Entry): void {
    const name = nameOf(entry)
    if (name !== null && this.first.get(name) === entry.index) this.first.delete(name)
  }
}

const CHANGES: Readonly<Partial<Record<Entry['command']['kind'], true>>> = {
  Put: true,
  Delete: true,
  CompareAndSet: true,
}

/** A client never gives two commands the same serial. */
function nameOf({ request, command }: Entry): number | null {
  if (request === null || CHANGES[command.kind] !== true) return null
  return request.client * 2 ** 32 + request.serial
}
