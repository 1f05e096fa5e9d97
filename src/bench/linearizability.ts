import { clientId, micros } from '../base/ids.ts'
import { draw, drawBetween, Purpose } from '../base/random.ts'
import type { ClientOperation } from '../check/client-operation.ts'
import { judgeLinearizability } from '../check/linearizability.ts'
import { LinearizabilityJudge } from '../check/linearizability-judge.ts'
import type { Command, Result } from '../raft/commands.ts'
import { applyCommand, type KeyValues } from '../raft/key-value.ts'
import { atMost, type Figure } from './figures.ts'
import { median } from './statistics.ts'

const OPERATIONS = 1000
const CLIENTS = 5
const RUNS = 21
const VALUES = 50
const KINDS = ['Put', 'Put', 'Put', 'Put', 'Get', 'Get', 'Get', 'Get', 'CompareAndSet'] as const

type History = readonly ClientOperation[]

/** How long it takes to say whether clients saw one store, at once and as they see it. */
export function measureLinearizability(): Figure[] {
  const seeds = Array.from({ length: RUNS }, (_, seed) => seed)
  const correct = seeds.map((seed) => clientsSee(seed))
  const wrong = correct.map(spoilt)
  const figure = (name: string, histories: readonly History[], judge: (history: History) => string) => {
    const note = `${OPERATIONS.toLocaleString('en')} operations on one key, ${CLIENTS} clients; median of ${RUNS} histories`
    const measured = time(histories, judge, histories === wrong ? 'no' : 'yes')
    return {
      section: 'linearizability',
      name,
      measured,
      unit: 'ms',
      target: atMost(50),
      note,
    } satisfies Figure
  }
  return [
    figure('correct, searched', correct, search),
    figure('wrong, searched, with evidence', wrong, search),
    figure('correct, as it happens', correct, follow),
    figure('wrong, as it happens, with evidence', wrong, follow),
  ]
}

function time(histories: readonly History[], judge: (history: History) => string, expected: string): number {
  const times = histories.map((history, i) => {
    const start = performance.now()
    const kind = judge(history)
    const took = performance.now() - start
    if (kind !== expected) throw new Error(`history ${i} is judged ${kind}`)
    return took
  })
  return median(times)
}

const search = (history: History): string => judgeLinearizability(history).kind

function follow(history: History): string {
  const judge = new LinearizabilityJudge()
  const steps = history.flatMap(({ client, serial, command, invoked, answered }) => {
    const ask = { place: invoked.place, step: () => judge.invoke(client, serial, command, 0, invoked.at) }
    if (client === null) return [ask]
    // Given up after a while.
    if (answered === null)
      return [ask, { place: invoked.place + 50.5, step: () => judge.abandon(client, serial) }]
    const { place, at, result } = answered
    return [ask, { place, step: () => judge.answer(client, serial, result, 0, at) }]
  })
  for (const { step } of steps.sort((a, b) => a.place - b.place)) step()
  return judge.verdict().kind
}

/** What clients see of a store that takes each command at some moment while its client waits; one in fifty is lost. */
function clientsSee(seed: number): History {
  const store: KeyValues = new Map()
  const clients = Array.from({ length: CLIENTS }, (_, i) => ({
    id: clientId(11 + i),
    serial: 0,
    command: null as Command | null,
    from: 0,
    result: null as Result | null,
  }))
  const operations: ClientOperation[] = []
  let place = 0
  for (; operations.length < OPERATIONS - CLIENTS; place++) {
    const client = clients[drawBetween(seed, Purpose.ClientChoice, 0, place, 0, CLIENTS - 1)]!
    const { id, command, result, from, serial } = client
    const invoked = { place: from, event: from, at: micros(from) }
    if (command === null) {
      client.command = drawn(seed, place, store.get('x') ?? '')
      client.from = place
      client.serial++
    } else if (result === null) client.result = applyCommand(store, command)
    else {
      const lost = draw(seed, Purpose.ClientChoice, 1, place) % 50 === 0
      const answered = lost ? null : { place, event: place, at: micros(place), result }
      operations.push({ client: id, serial, command, invoked, answered })
      client.command = null
      client.result = null
    }
  }
  for (const { id, serial, command, from } of clients) {
    const invoked = { place: from, event: from, at: micros(from) }
    if (command !== null) operations.push({ client: id, serial, command, invoked, answered: null })
  }
  return operations
}

function drawn(seed: number, place: number, held: string): Command {
  const key = 'x'
  const chance = draw(seed, Purpose.ClientCommand, 0, place)
  const value = String((chance >>> 8) % VALUES)
  const kind = KINDS[chance % KINDS.length] ?? 'Get'
  if (kind === 'Get') return { kind, key }
  return kind === 'Put' ? { kind, key, value } : { kind, key, expected: held, value }
}

/** A late get finds what an early one found, unless that can be explained. */
function spoilt(operations: History): History {
  const gets = operations.filter(({ command, answered }) => command.kind === 'Get' && answered !== null)
  const late = gets.at(-5) as ClientOperation
  for (const { answered } of gets) {
    if (answered === null || late.answered === null) continue
    const lie = { ...late, answered: { ...late.answered, result: answered.result } }
    const history = operations.map((operation) => (operation === late ? lie : operation))
    if (follow(history) === 'no') return history
  }
  throw new Error('every lie could be true')
}
