import { assert } from '../base/assert.ts'
import type { ClientId, LogIndex } from '../base/ids.ts'
import { isCommand, type Result } from './commands.ts'
import { applyCommand, type KeyValues } from './key-value.ts'
import type { Entry } from './log.ts'

/** A client's session (D 6.3), part of the replicated state. Never changed: each change makes another. */
export interface Session {
  readonly client: ClientId
  /** The last entry that used it. */
  readonly usedAt: LogIndex
  /** The client has the answers to all requests before this one: none of them is ever applied again. */
  readonly firstOpen: number
  /** What was answered to the requests that the client may still ask about, by serial number. */
  readonly answers: ReadonlyMap<number, Result>
}

/** By the index of the entry that opened each, in the order of opening. */
export type Sessions = Map<LogIndex, Session>

/** The state that the log's entries make, the same on every server that has applied the same ones. */
export interface StateMachine {
  readonly store: KeyValues
  readonly sessions: Sessions
}

export interface EndedSession {
  readonly session: LogIndex
  readonly client: ClientId
}

/** What applying an entry came to. */
export interface Outcome {
  /** What to answer; `null` for an entry that nobody waits for. */
  readonly result: Result | null
  /** The command had been applied before, or belongs to no session: it changed nothing. */
  readonly skipped: 'Repeated' | 'SessionExpired' | null
  /** The sessions that had to go so that a new one could be opened. */
  readonly ended: readonly EndedSession[]
}

/** Applies one committed entry. It looks at nothing but the state and the entry, so all servers do the same. */
export function applyEntry(state: StateMachine, entry: Entry): Outcome {
  const { command, request } = entry
  if (command.kind === 'OpenSession') return openSession(state, entry, command.most)
  if (command.kind === 'Configuration') return { result: DONE, skipped: null, ended: NONE }
  if (!isCommand(command)) return NOTHING
  const session = request?.session ?? null
  if (request === null || session === null)
    return { result: applyCommand(state.store, command), skipped: null, ended: NONE }
  const open = state.sessions.get(session)
  if (open === undefined) return EXPIRED
  if (request.serial < open.firstOpen) return ANSWERED
  const known = open.answers.get(request.serial)
  const result = known ?? applyCommand(state.store, command)
  const firstOpen = Math.max(open.firstOpen, request.firstOpen)
  const answers = new Map([...open.answers].filter(([serial]) => serial >= firstOpen))
  answers.set(request.serial, result)
  state.sessions.set(session, { client: open.client, usedAt: entry.index, firstOpen, answers })
  return { result, skipped: known === undefined ? null : 'Repeated', ended: NONE }
}

const DONE: Result = { kind: 'Done' }
const NONE: readonly EndedSession[] = []
const NOTHING: Outcome = { result: null, skipped: null, ended: NONE }
const ANSWERED: Outcome = { result: null, skipped: 'Repeated', ended: NONE }
const EXPIRED: Outcome = { result: { kind: 'SessionExpired' }, skipped: 'SessionExpired', ended: NONE }

/** D 6.3: the bound travels in the entry, so that every server ends the same session at the same entry. */
function openSession({ sessions }: StateMachine, { index, request }: Entry, most: number): Outcome {
  if (request === null) return NOTHING
  const ended: EndedSession[] = []
  // The bound may be lower than it was when the others were opened.
  while (sessions.size > 0 && sessions.size >= most) {
    const longest = longestUnused(sessions)
    ended.push(longest)
    sessions.delete(longest.session)
  }
  sessions.set(index, { client: request.client, usedAt: index, firstOpen: 0, answers: new Map() })
  return { result: { kind: 'SessionOpened', session: index }, skipped: null, ended }
}

function longestUnused(sessions: Sessions): EndedSession {
  let found: EndedSession | null = null
  let least = Infinity
  for (const [session, { client, usedAt }] of sessions) {
    if (usedAt >= least) continue
    least = usedAt
    found = { session, client }
  }
  assert(found !== null, 'there are sessions')
  return found
}
