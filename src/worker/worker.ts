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

function answerTo(question: Question): Answers[keyof Answers] | Promise<Answers['corpus']> {
  if (question.kind !== 'corpus') return session.answer(question)
  // Loaded when asked for: no viewer needs it.
  return import('../check/corpus.ts').then(({ corpusHashes }) => corpusHashes())
}
