import type { ServerId, Term } from '../base/ids.ts'
import type { Host } from '../simulation/host.ts'

/** Who has given its vote to whom in which term, as far as it was written to a disk: such a vote no crash may take. */
export class Votes {
  private readonly first = new Map<string, ServerId>()
  /** In the order in which they were given. */
  private readonly keys: string[] = []

  /** Another vote than the first of a term does not count. */
  add(host: Host, term: Term, votedFor: ServerId): void {
    const key = keyOf(host, term)
    if (this.first.has(key)) return
    this.first.set(key, votedFor)
    this.keys.push(key)
  }

  /** The vote that the server gave in a term; `null` if it gave none. */
  of(host: Host, term: Term): ServerId | null {
    return this.first.get(keyOf(host, term)) ?? null
  }

  mark(): number {
    return this.keys.length
  }

  backTo(mark: number): void {
    for (const key of this.keys.splice(mark)) this.first.delete(key)
  }
}

/** What a disk has lost the server is not asked for. */
const keyOf = ({ id, losses }: Host, term: Term): string => `${id} ${losses} ${term}`
