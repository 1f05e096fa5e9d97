import { micros } from '../base/ids.ts'
import { draw, Purpose } from '../base/random.ts'
import { judgeClients } from '../check/client-watch.ts'
import type { Frame, Have, Position } from '../worker/protocol.ts'
import { Session } from '../worker/session.ts'
import { steady } from './clusters.ts'
import { below, type Figure } from './figures.ts'
import { quantile } from './statistics.ts'

const EVENTS = 100_000
const SEEKS = 2000
/** Another seed than the scenario's, so that the moments have nothing to do with its own draws. */
const SEED = 1

/** How long the worker takes to go to any moment of a long history and tell what is to be drawn there. */
export function measureSeek(): Figure[] {
  const session = new Session(judgeClients)
  session.answer({ kind: 'load', scenario: steady, epoch: 1 })
  const have = fetchAll(session)
  const end = ask(session, { kind: 'events', events: EVENTS }, have).at
  const times: number[] = []
  const copies: number[] = []
  for (let i = 0; i < SEEKS; i++) {
    const at = micros(Math.floor((draw(SEED, Purpose.Latency, 0, i) / 2 ** 32) * end))
    const start = performance.now()
    const frame = ask(session, { kind: 'time', at, skip: null }, have)
    const answered = performance.now()
    structuredClone(frame)
    times.push(answered - start)
    copies.push(performance.now() - answered)
  }
  const note = `${SEEKS.toLocaleString('en')} random moments among ${EVENTS.toLocaleString('en')} events, frame included`
  const figure = (name: string, measured: number) =>
    ({ section: 'seek', name, measured, unit: 'ms', target: null, note: '' }) satisfies Figure
  return [
    figure('p50', quantile(times, 0.5)),
    { ...figure('p95', quantile(times, 0.95)), target: below(8), note },
    figure('longest', Math.max(...times)),
    { ...figure('copying the frame, p95', quantile(copies, 0.95)), note: 'as a message to the page does' },
  ]
}

function ask(session: Session, position: Position, have: Have): Frame {
  const window = { first: 'head', columns: 12 } as const
  return session.answer({ kind: 'frame', position, window, have }) as Frame
}

/** Simulates the history, and takes the records as a page does until it has them all. */
function fetchAll(session: Session): Have {
  let have: Have = { epoch: 1, messages: 0, conditions: 0, facts: 0 }
  for (let unfinished = true; unfinished; ) {
    const { more } = ask(session, { kind: 'events', events: EVENTS }, have)
    const { messagesFrom, messages, conditionsFrom, conditions, factsFrom, facts } = more
    unfinished = more.unfinished
    have = {
      epoch: 1,
      messages: messagesFrom + messages.length,
      conditions: conditionsFrom + conditions.length,
      facts: factsFrom + facts.length,
    }
  }
  return have
}
