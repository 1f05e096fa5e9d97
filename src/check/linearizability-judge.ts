import { assert } from '../base/assert.ts'
import type { ClientId, Micros } from '../base/ids.ts'
import type { Command, Result } from '../raft/commands.ts'
import type { ClientOperation, Moment } from './client-operation.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { KeyStates } from './key-states.ts'

/** A moment of a history, to come back to. */
export interface JudgeMark {
  readonly places: number
  readonly operations: number
  readonly answers: number
  readonly open: readonly Open[]
  readonly keys: ReadonlyMap<string, KeyStates>
  readonly evidence: Evidence | null
}

type LinearizabilityVerdict =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly evidence: Evidence }
  /** Of these keys nobody can tell; of the others it holds. */
  | { readonly kind: 'unknown'; readonly keys: readonly string[] }

/** An operation that is neither answered nor abandoned. */
interface Open {
  readonly client: ClientId | null
  readonly serial: number
  readonly id: number
}

interface Asked extends Omit<ClientOperation, 'answered'> {
  answered: ClientOperation['answered']
}

/**
 * Judges linearizability as clients see things happen. Each step looks at its own key alone, and there only at what
 * can still be told apart, so that it costs the same however long the history is.
 */
export class LinearizabilityJudge {
  private places = 0
  /** In the order in which they were sent. */
  private readonly operations: Asked[] = []
  /** Those that were answered, in that order. */
  private readonly answers: number[] = []
  private open: Open[] = []
  /** Where a mark has it, it is not changed, but replaced. */
  private keys = new Map<string, KeyStates>()
  private isMarked = false
  private evidence: Evidence | null = null

  /** A client sends a command, for the first time. `null` for one that the run began with in its logs. */
  invoke(client: ClientId | null, serial: number, command: Command, event: number, at: Micros): void {
    const id = this.operations.length
    const invoked = this.moment(event, at)
    this.open.push({ client, serial, id })
    this.operations.push({ client, serial, command, invoked, answered: null })
    this.set(command.key, this.statesOf(command.key).invoke(id, command, invoked.place))
  }

  /** A client takes an answer. What is wrong about it, if nothing before was wrong; else `null`. */
  answer(client: ClientId, serial: number, result: Result, event: number, at: Micros): Evidence | null {
    const id = this.close(client, serial)
    const operation = this.operations[id] as Asked
    const { key } = operation.command
    const moment = this.moment(event, at)
    operation.answered = { place: moment.place, event, at, result }
    this.answers.push(id)
    const before = this.statesOf(key)
    const after = before.answer(id, result, moment.place)
    this.set(key, after)
    if (this.evidence !== null || before.verdict.kind !== 'yes' || after.verdict.kind !== 'no') return null
    const ofKey = this.operations.filter(({ command }) => command.key === key).map((one) => ({ ...one }))
    const last = ofKey.find(({ answered }) => answered?.place === moment.place) as ClientOperation
    this.evidence = evidenceOf(ofKey, last, after.verdict.possible)
    return this.evidence
  }

  /** A client gives up, or has lost its session: it will take no answer any more. */
  abandon(client: ClientId | null, serial: number): void {
    const id = this.close(client, serial)
    const { key } = (this.operations[id] as Asked).command
    this.set(key, this.statesOf(key).abandon(id))
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
    this.isMarked = true
    return {
      places: this.places,
      operations: this.operations.length,
      answers: this.answers.length,
      open: this.open.slice(),
      keys: this.keys,
      evidence: this.evidence,
    }
  }

  /** Forgets all that was seen since the mark. */
  backTo({ places, operations, answers, open, keys, evidence }: JudgeMark): void {
    assert(places <= this.places, 'the mark was made earlier')
    for (const id of this.answers.splice(answers)) (this.operations[id] as Asked).answered = null
    this.operations.length = operations
    this.places = places
    this.open = open.slice()
    this.keys = new Map(keys)
    this.isMarked = false
    this.evidence = evidence
  }

  private set(key: string, states: KeyStates): void {
    if (this.isMarked) this.keys = new Map(this.keys)
    this.isMarked = false
    this.keys.set(key, states)
  }

  private moment(event: number, at: Micros): Moment {
    return { place: this.places++, event, at }
  }

  private statesOf(key: string): KeyStates {
    return this.keys.get(key) ?? KeyStates.start
  }

  private close(client: ClientId | null, serial: number): number {
    const place = this.open.findIndex((one) => one.client === client && one.serial === serial)
    const found = this.open[place]
    assert(found !== undefined, 'what is answered has been asked')
    this.open.splice(place, 1)
    return found.id
  }
}
