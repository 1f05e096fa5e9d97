import { clientsAct } from './client-acts.ts'
import type { Answers, Ask, Question, Reply } from './protocol.ts'
import { Session } from './session.ts'
import { Sender } from './wire.ts'

const session = new Session()
const sender = new Sender()
/** Before this nothing is answered; `null` if nothing is waited for. */
let ready: Promise<void> | null = null
let judges = false

self.onmessage = async ({ data: { id, question } }: MessageEvent<Ask>) => {
  if (question.kind === 'load' && !judges && clientsAct(question.scenario)) ready ??= loadJudge()
  if (ready !== null) await ready
  try {
    const answer = await answerTo(question)
    self.postMessage(sender.pack({ id, kind: 'answer', answer } satisfies Reply))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    self.postMessage({ id, kind: 'failure', message } satisfies Reply)
  }
}

/** Who judges what clients see is loaded when one of them is to do something. If it does not come, that is told. */
async function loadJudge(): Promise<void> {
  try {
    const { judgeClients } = await import('../check/client-watch.ts')
    session.judgeClients(judgeClients)
  } catch {
    session.cannotJudgeClients()
  }
  judges = true
  ready = null
}

function answerTo(
  question: Question,
): Answers[keyof Answers] | Promise<Answers['hash' | 'causes' | 'corpus']> {
  switch (question.kind) {
    // Loaded when asked for: to look at a cluster takes none of these.
    case 'hash':
      return import('../simulation/state-hash.ts').then(
        ({ hashing }) => session.hash(question.position, hashing),
        () => ({ hash: null }),
      )
    case 'causes':
      return import('./causes.ts').then(
        ({ causesOf }) => session.with((history) => causesOf(history, question.event)),
        () => ({ links: [] }),
      )
    case 'corpus':
      return import('../check/corpus.ts').then(({ corpusHashes }) => corpusHashes())
    default:
      return session.answer(question)
  }
}
