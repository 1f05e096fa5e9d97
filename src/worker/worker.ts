import type { Answers, Ask, Question, Reply } from './protocol.ts'
import { Session } from './session.ts'
import { Sender } from './wire.ts'

const session = new Session()
const sender = new Sender()

self.onmessage = async ({ data: { id, question } }: MessageEvent<Ask>) => {
  try {
    const answer = await answerTo(question)
    self.postMessage(sender.pack({ id, kind: 'answer', answer } satisfies Reply))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    self.postMessage({ id, kind: 'failure', message } satisfies Reply)
  }
}

function answerTo(question: Question): Answers[keyof Answers] | Promise<Answers['hash' | 'corpus']> {
  switch (question.kind) {
    // Loaded when asked for: to look at a cluster takes neither.
    case 'hash':
      return import('../simulation/state-hash.ts').then(
        ({ hashing }) => session.hash(question.position, hashing),
        () => ({ hash: null }),
      )
    case 'corpus':
      return import('../check/corpus.ts').then(({ corpusHashes }) => corpusHashes())
    default:
      return session.answer(question)
  }
}
