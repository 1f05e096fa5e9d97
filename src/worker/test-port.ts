import { judgeClients } from '../check/client-watch.ts'
import { hashing } from '../simulation/state-hash.ts'
import { causesOf } from './causes.ts'
import type { Answers, Ask, Question, Reply } from './protocol.ts'
import { Session } from './session.ts'

/** A worker that answers when it is told to: what is asked waits in line, as it would behind a long answer. */
export class SlowPort {
  onmessage: ((event: { data: Reply }) => void) | null = null
  onerror: ((event: { message: string }) => void) | null = null
  readonly asked: Ask[] = []
  /** What was answered last. */
  answered: unknown = null
  private looks = 0
  /** On its clock each look takes a while, so that on every machine an answer goes equally far. */
  private readonly session = new Session(judgeClients, () => ++this.looks / 20)

  postMessage(ask: Ask): void {
    this.asked.push(ask)
  }

  terminate(): void {
    this.asked.length = 0
  }

  /** Answers the first in line, and lets the page take it in. */
  async answer(): Promise<void> {
    const { id, question } = this.asked.shift() as Ask
    const answer = structuredClone(this.answerTo(question))
    this.answered = answer
    this.onmessage?.({ data: { id, kind: 'answer', answer } })
    await new Promise((resolve) => setTimeout(resolve, 0))
  }

  private answerTo(question: Question): Answers[keyof Answers] {
    switch (question.kind) {
      case 'hash':
        return this.session.hash(question.position, hashing)
      case 'causes':
        return this.session.with((history) => causesOf(history, question.event))
      case 'corpus':
        throw new Error('nobody asks for the corpus here')
      default:
        return this.session.answer(question)
    }
  }

  /** Answers all, and what is asked because of it. */
  async answerAll(): Promise<void> {
    while (this.asked.length > 0) await this.answer()
  }
}
