import type { Answers, Ask, Question, Reply } from '../worker/protocol.ts'

/** What the page needs of a worker; the composition root makes the real one. */
export interface Port {
  postMessage(ask: Ask): void
  onmessage: ((event: { data: Reply }) => void) | null
  onerror: ((event: { message: string }) => void) | null
  terminate(): void
}

type Settle = { resolve: (answer: never) => void; reject: (error: Error) => void }

/** A worker that owes an answer for so long while the viewer looks on is taken for dead. */
const PATIENCE_MS = 10_000

/** Asks the worker and waits for the answers. Questions are answered in the order in which they were put. */
export class Engine {
  private readonly port: Port
  private readonly onFailure: (message: string | null) => void
  private readonly waiting = new Map<number, Settle>()
  private lastId = 0
  /** Why nothing more is to be expected of this worker; `null` while it works. */
  private failure: string | null = null
  /** For how long it has owed an answer, in ms of time that the viewer has seen. */
  private silence = 0

  /** `onFailure` is told why the worker failed, and `null` if it was only slow and goes on after all. */
  constructor(port: Port, onFailure: (message: string | null) => void) {
    this.port = port
    this.onFailure = onFailure
    port.onmessage = ({ data }) => {
      this.hear()
      const settle = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if (data.kind === 'answer') return settle?.resolve(data.answer as never)
      settle?.reject(new Error(data.message))
      this.fail(data.message)
    }
    port.onerror = ({ message }) => this.fail(message || 'the simulation could not be started')
  }

  ask<Kind extends Question['kind']>(question: Question & { kind: Kind }): Promise<Answers[Kind]> {
    if (this.failure !== null) return Promise.reject(new Error(this.failure))
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Settle['resolve'], reject })
      this.port.postMessage({ id, question })
    })
  }

  /** Told how time goes by, a little at a time. Every answer takes the worker far less than it is given. */
  passTime(ms: number): void {
    if (this.waiting.size === 0) this.silence = 0
    if (this.waiting.size === 0 || this.failure !== null) return
    const before = this.silence
    this.silence += ms
    if (before < PATIENCE_MS && this.silence >= PATIENCE_MS)
      this.onFailure(`no answer for ${PATIENCE_MS / 1000} seconds`)
  }

  private hear(): void {
    if (this.silence >= PATIENCE_MS && this.failure === null) this.onFailure(null)
    this.silence = 0
  }

  private fail(message: string): void {
    if (this.failure !== null) return
    this.failure = message
    this.dismiss(message)
    this.onFailure(message)
  }

  private dismiss(why: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(why))
    this.waiting.clear()
  }

  stop(): void {
    this.failure ??= 'stopped'
    this.port.terminate()
    this.dismiss(this.failure)
  }
}
