import { assert } from '../base/assert.ts'
import type { ClientId, Micros } from '../base/ids.ts'
import type { Command, Result } from '../raft/commands.ts'
import type { ClientOperation, Moment } from './client-operation.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { KeyStates } from './key-states.ts'

/** A moment of a history, to come back to. */
export interface JudgeMark {
  readonly places: number
}

export type LinearizabilityVerdict =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly evidence: Evidence }
  /** Of these keys nobody can tell; of the others it holds. */
  | { readonly kind: 'unknown'; readonly keys: readonly string[] }

/** What one step changed, so that it can be taken back. */
interface Change {
  readonly key: string
  readonly states: KeyStates | undefined
  /** The operation that it is about, and as it was before; `null` for a new one. */
  readonly id: number
  readonly was: ClientOperation | null
  readonly evidence: Evidence | null
}

/**
 * Judges linearizability as clients see things happen. Each step looks at its own key alone, and there only at what
 * can still be told apart, so that it costs the same however long the history is.
 */
export class LinearizabilityJudge {
  private readonly operations: ClientOperation[] = []
  private readonly ids = new Map<string, number>()
  private readonly keys = new Map<string, KeyStates>()
  private readonly changes: Change[] = []
  private evidence: Evidence | null = null

  /** A client sends a command, for the first time. `null` for one that the run began with in its logs. */
  invoke(client: ClientId | null, serial: number, command: Command, event: number, at: Micros): void {
    const id = this.operations.length
    const invoked = this.moment(event, at)
    this.note(command.key, id)
    this.ids.set(nameOf(client, serial), id)
    this.operations.push({ client, serial, command, invoked, answered: null })
    this.keys.set(command.key, this.statesOf(command.key).invoke(id, command, invoked.place))
  }

  /** A client takes an answer. What is wrong about it, if nothing before was wrong; else `null`. */
  answer(client: ClientId, serial: number, result: Result, event: number, at: Micros): Evidence | null {
    const { id, operation } = this.find(client, serial)
    const { key } = operation.command
    const moment = this.moment(event, at)
    this.note(key, id)
    const answered = { ...operation, answered: { ...moment, result } }
    this.operations[id] = answered
    const before = this.statesOf(key)
    const after = before.answer(id, result, moment.place)
    this.keys.set(key, after)
    if (this.evidence !== null || before.verdict.kind !== 'yes' || after.verdict.kind !== 'no') return null
    const ofKey = this.operations.filter(({ command }) => command.key === key)
    this.evidence = evidenceOf(ofKey, answered, after.verdict.possible)
    return this.evidence
  }

  /** A client gives up, or has lost its session: it will take no answer any more. */
  abandon(client: ClientId | null, serial: number): void {
    const { id, operation } = this.find(client, serial)
    const { key } = operation.command
    this.note(key, id)
    this.keys.set(key, this.statesOf(key).abandon(id))
  }

  verdict(): LinearizabilityVerdict {
    if (this.evidence !== null) return { kind: 'no', evidence: this.evidence }
    const keys = [...this.keys].flatMap(([key, { verdict }]) => (verdict.kind === 'unknown' ? [key] : []))
    return keys.length > 0 ? { kind: 'unknown', keys } : { kind: 'yes' }
  }

  /** Whether anything can still be said of a key. */
  canTell(key: string): boolean {
    return this.statesOf(key).verdict.kind !== 'unknown'
  }

  mark(): JudgeMark {
    return { places: this.changes.length }
  }

  /** Forgets all that was seen since the mark. */
  backTo({ places }: JudgeMark): void {
    assert(places <= this.changes.length, 'the mark was made earlier')
    while (this.changes.length > places) this.takeBack(this.changes.pop() as Change)
  }

  private takeBack({ key, states, id, was, evidence }: Change): void {
    const operation = this.operations[id] as ClientOperation
    if (was === null) {
      this.operations.pop()
      this.ids.delete(nameOf(operation.client, operation.serial))
    } else this.operations[id] = was
    if (states === undefined) this.keys.delete(key)
    else this.keys.set(key, states)
    this.evidence = evidence
  }

  private note(key: string, id: number): void {
    const { evidence } = this
    const was = this.operations[id] ?? null
    this.changes.push({ key, states: this.keys.get(key), id, was, evidence })
  }

  /** To be taken before the change is noted. */
  private moment(event: number, at: Micros): Moment {
    return { place: this.changes.length, event, at }
  }

  private statesOf(key: string): KeyStates {
    return this.keys.get(key) ?? KeyStates.start
  }

  private find(client: ClientId | null, serial: number): { id: number; operation: ClientOperation } {
    const id = this.ids.get(nameOf(client, serial))
    assert(id !== undefined, 'what is answered has been asked')
    return { id, operation: this.operations[id] as ClientOperation }
  }
}

const nameOf = (client: ClientId | null, serial: number): string => `${client}/${serial}`
