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
      if (data.kind === 'answer') settle?.resolve(data.answer as never)
      else onFailure(data.message)
    }
    port.onerror = ({ message }) => onFailure(message || 'the simulation could not be started')
  }

  ask<Kind extends Question['kind']>(question: Question & { kind: Kind }): Promise<Answers[Kind]> {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Settle['resolve'], reject })
      this.port.postMessage({ id, question })
    })
  }

  stop(): void {
    this.port.terminate()
  }
}
