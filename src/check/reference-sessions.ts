import type { Entry } from '../raft/log.ts'

interface Open {
  readonly usedAt: number
  readonly firstOpen: number
  readonly serials: ReadonlySet<number>
}

/** What each settled entry does to the clients' sessions (D 6.3), told by its own reading: a version after each entry. */
export class ReferenceSessions {
  private readonly versions: ReadonlyMap<number, Open>[] = [new Map()]

  /** Takes in the next entry. Whether its command, if it has one, is to be applied. */
  takes(entry: Entry): boolean {
    const now = this.versions[this.versions.length - 1] as ReadonlyMap<number, Open>
    const { command, request, index } = entry
    if (command.kind === 'OpenSession') {
      this.versions.push(request === null ? now : withNew(now, index, command.most))
      return false
    }
    const session = request?.session ?? null
    const open = session === null ? undefined : now.get(session)
    if (request === null || session === null || open === undefined) {
      this.versions.push(now)
      return session === null
    }
    const isNew = request.serial >= open.firstOpen && !open.serials.has(request.serial)
    this.versions.push(request.serial < open.firstOpen ? now : withUse(now, session, open, entry))
    return isNew
  }

  takeBack(): void {
    this.versions.pop()
  }
}

function withUse(
  now: ReadonlyMap<number, Open>,
  session: number,
  open: Open,
  { request, index }: Entry,
): ReadonlyMap<number, Open> {
  const firstOpen = Math.max(open.firstOpen, request?.firstOpen ?? 0)
  const serials = new Set([...open.serials, request?.serial ?? 0].filter((serial) => serial >= firstOpen))
  return new Map(now).set(session, { usedAt: index, firstOpen, serials })
}

/** Those that were not used for longest go where there are too many; the bound may have been lowered since. */
function withNew(now: ReadonlyMap<number, Open>, index: number, most: number): ReadonlyMap<number, Open> {
  const byUse = [...now].sort(([, a], [, b]) => a.usedAt - b.usedAt)
  const next = new Map(now)
  for (const [session] of byUse.slice(0, Math.max(0, now.size - most + 1))) next.delete(session)
  return next.set(index, { usedAt: index, firstOpen: 0, serials: new Set() })
}
