import type { Answers, Ask, Question, Reply } from '../worker/protocol.ts'

/** What the page needs of a worker; the composition root makes the real one. */
export interface Port {
  postMessage(ask: Ask): void
  onmessage: ((event: { data: Reply }) => void) | null
  onerror: ((event: { message: string }) => void) | null
  terminate(): void
}

type Settle = { resolve: (answer: never) => void; reject: (error: Error) => void }

/** Asks the worker and waits for the answers. Questions are answered in the order in which they were put. */
export class Engine {
  private readonly port: Port
  private readonly waiting = new Map<number, Settle>()
  private lastId = 0

  constructor(port: Port, onFailure: (message: string) => void) {
    this.port = port
    port.onmessage = ({ data }) => {
      const settle = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if (data.kind === 'answer') return settle?.resolve(data.answer as never)
      settle?.reject(new Error(data.message))
      this.fail(data.message, onFailure)
    }
    port.onerror = ({ message }) => this.fail(message || 'the simulation could not be started', onFailure)
  }

  ask<Kind extends Question['kind']>(question: Question & { kind: Kind }): Promise<Answers[Kind]> {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Settle['resolve'], reject })
      this.port.postMessage({ id, question })
    })
  }

  /** Nothing more is to be expected of this worker. */
  private fail(message: string, onFailure: (message: string) => void): void {
    for (const { reject } of this.waiting.values()) reject(new Error(message))
    this.waiting.clear()
    onFailure(message)
  }

  stop(): void {
    this.port.terminate()
  }
}
