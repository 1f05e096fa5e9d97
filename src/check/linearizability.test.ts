import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientId, micros } from '../base/ids.ts'
import type { Command, Result } from '../raft/commands.ts'
import { type ClientOperation, effectOf } from './client-operation.ts'
import { Contradictions, type Evidence, upTo } from './evidence.ts'
import { judgeLinearizability } from './linearizability.ts'
import { LinearizabilityJudge } from './linearizability-judge.ts'
import { linearize } from './wing-gong.ts'

const RUNS = 5_000

const put = (value: string, key = 'x'): Command => ({ kind: 'Put', key, value })
const get = (key = 'x'): Command => ({ kind: 'Get', key })
const del = (key = 'x'): Command => ({ kind: 'Delete', key })
const cas = (expected: string, value: string, key = 'x'): Command => ({
  kind: 'CompareAndSet',
  key,
  expected,
  value,
})
const done: Result = { kind: 'Done' }
const found = (value: string | null): Result => ({ kind: 'Found', value })
const mismatch = (value: string | null): Result => ({ kind: 'Mismatch', value })

const at = (place: number) => ({ place, event: place, at: micros(place) })

/** An operation from one place to another; one without a result stays open. */
function op(client: number, from: number, to: number, command: Command, result: Result | null = null) {
  const answered = result === null ? null : { ...at(to), result }
  return { client: clientId(client), serial: from, command, invoked: at(from), answered }
}

/** `0-2 put 1`: one line for each client, its operations one after the other, with places; `0-` has no answer. */
function history(...lines: string[]): ClientOperation[] {
  return lines.flatMap((line, i) =>
    line.split(',').map((text) => {
      const [span = '', ...words] = text.trim().split(' ')
      const [from, to] = span.split('-')
      const open = to === ''
      const [command, result] = parse(words)
      return op(11 + i, Number(from), open ? Number.NaN : Number(to), command, open ? null : result)
    }),
  )
}

const value = (word = ''): string | null => (word === 'none' ? null : word)

function parse([verb, a = '', b = '', c]: string[]): [Command, Result] {
  if (verb === 'put') return [put(a), done]
  if (verb === 'delete') return [del(), done]
  if (verb === 'get') return [get(), found(value(a))]
  return [cas(a, b), c === undefined ? done : mismatch(value(c))]
}

/** Shows the judge a history in the order of its places. */
function play(
  operations: readonly ClientOperation[],
  judge = new LinearizabilityJudge(),
  lost: (operation: ClientOperation) => boolean = () => false,
): LinearizabilityJudge {
  for (const step of stepsOf(operations, lost)) step(judge)
  return judge
}

function stepsOf(operations: readonly ClientOperation[], lost: (operation: ClientOperation) => boolean) {
  const end = Math.max(0, ...operations.map(({ invoked }) => invoked.place))
  const steps = operations.flatMap((operation) => {
    const { client, serial, command, invoked, answered } = operation
    const { place } = invoked
    const begin = {
      place,
      step: (judge: LinearizabilityJudge) => judge.invoke(client, serial, command, place, at(0).at),
    }
    if (answered !== null) {
      const { result } = answered
      const take = (judge: LinearizabilityJudge) =>
        judge.answer(client!, serial, result, answered.place, at(0).at)
      return [begin, { place: answered.place, step: take }]
    }
    // Given up some time after it was asked.
    const over = place + ((end - place) >> 1) + 0.5
    return lost(operation)
      ? [begin, { place: over, step: (judge: LinearizabilityJudge) => judge.abandon(client, serial) }]
      : [begin]
  })
  return steps.sort((a, b) => a.place - b.place).map(({ step }) => step)
}

function verdicts(operations: readonly ClientOperation[]): string[] {
  const whole = judgeLinearizability(operations).kind
  const online = play(operations).verdict().kind
  const lost = play(operations, new LinearizabilityJudge(), () => true).verdict().kind
  return [whole, online, lost]
}

const YES = ['yes', 'yes', 'yes']
const NO = ['no', 'no', 'no']

describe('a register', () => {
  it.for([
    ['nothing happened', YES, ['0-1 get none']],
    ['one after the other', YES, ['0-1 put 1, 2-3 get 1, 4-5 delete, 6-7 get none']],
    ['a read at the same time may see the old value', YES, ['0-5 put 1', '1-2 get none']],
    ['… or the new one', YES, ['0-5 put 1', '1-2 get 1']],
    ['but not the new one and then the old', NO, ['0-9 put 1', '1-2 get 1, 3-4 get none']],
    ['not even two clients', NO, ['0-9 put 1', '1-2 get 1', '3-4 get none']],
    ['two that read at the same time may differ', YES, ['0-9 put 1', '1-4 get 1', '2-3 get none']],
    ['a stale read', NO, ['0-1 put 1, 2-3 put 2', '4-5 get 1']],
    ['a read of what nobody wrote', NO, ['0-1 put 1', '2-3 get 7']],
    ['a read of what is only written later', NO, ['2-3 put 1', '0-1 get 1']],
    ['a lost write', NO, ['0-1 put 1', '2-3 get none']],
    ['two writes at the same time, either order', YES, ['0-3 put 1', '1-2 put 2', '4-5 get 1']],
    ['… but one order for all', NO, ['0-3 put 1, 4-5 get 1', '1-2 put 2, 6-7 get 2']],
    // Herlihy & Wing 1990, Figures 1 and 2, told of a register.
    ['their accepted history', YES, ['0-3 put 1, 6-9 get 2', '1-2 put 2, 5-8 get 2']],
    ['their refused history', NO, ['0-1 put 1, 8-9 get 1', '2-3 put 2, 4-5 get 2']],
    ['a chain of reads across writes', NO, ['0-9 put 1', '1-8 put 2', '2-3 get 1, 4-5 get 2, 6-7 get 1']],
    ['a write between two that see it', YES, ['0-9 put 1', '1-8 put 2', '2-3 get 1, 4-5 get 2']],
    ['an overwritten value, read afterwards by one who waited', YES, ['0-9 put 1', '1-3 put 2', '2-8 get 1']],
    [
      'an overwritten value, read by one who came later',
      NO,
      ['0-3 put 1', '1-2 put 2', '4-5 get 2, 6-7 get 1'],
    ],
  ] as const)('%s', ([, verdict, lines]) => {
    expect(verdicts(history(...lines))).toEqual(verdict)
  })
})

describe('compare-and-set', () => {
  it.for([
    ['succeeds on what it expects', YES, ['0-1 put 1, 2-3 cas 1 2, 4-5 get 2']],
    ['fails on anything else, and says what', YES, ['0-1 put 1, 2-3 cas 3 2 1, 4-5 get 1']],
    ['cannot fail on what it expects', NO, ['0-1 put 1, 2-3 cas 1 2 1']],
    ['cannot succeed on anything else', NO, ['0-1 put 1, 2-3 cas 3 2']],
    ['fails on a key that is not there', YES, ['0-1 cas 3 2 none']],
    ['only one of two can win', NO, ['0-1 put 1, 2-5 cas 1 2', '3-4 cas 1 3']],
    ['the other sees what the first wrote', YES, ['0-1 put 1, 2-5 cas 1 2', '3-4 cas 1 3 2']],
    ['a lost update', NO, ['0-1 put 1, 2-5 cas 1 2, 8-9 get 2', '3-6 cas 1 3 1']],
    [
      'after itself, by a write at the same time',
      YES,
      ['0-1 put 1, 2-5 cas 1 2', '3-6 put 1', '7-8 cas 1 3'],
    ],
    ['a chain that needs writes that are open', YES, ['0- put 1', '1- cas 1 2', '3-4 cas 2 3', '5-6 get 3']],
    ['… which serve only once', NO, ['0- put 1', '1- cas 1 2', '3-4 cas 2 3, 5-6 cas 2 3']],
  ] as const)('%s', ([, verdict, lines]) => {
    expect(verdicts(history(...lines))).toEqual(verdict)
  })
})

describe('what was never answered', () => {
  it.for([
    ['may never take effect', YES, ['0- put 1', '1-2 get none, 3-4 get none']],
    ['may take effect late', YES, ['0- put 1', '1-2 put 2, 3-4 get 2, 5-6 get 1']],
    ['but once', NO, ['0- put 1', '1-2 put 2, 3-4 get 1, 5-6 put 2, 7-8 get 1']],
    ['two may take effect twice', YES, ['0- put 1', '0.5- put 1', '1-2 get 1, 5-6 put 2, 7-8 get 1']],
    ['not before it is asked', NO, ['3- put 1', '1-2 get 1']],
    ['and cannot be taken back', NO, ['0- put 1', '1-2 put 2, 3-4 get 1, 5-6 get 2']],
    ['may delete', YES, ['0- delete', '1-2 put 2, 3-4 get 2, 5-6 get none']],
    ['a get says nothing', YES, ['0- get', '1-2 put 2, 3-4 get 2']],
    ['a compare-and-set may have failed', YES, ['0- cas 1 2', '1-2 put 1, 3-4 put 3, 5-6 get 3']],
    ['… or not', YES, ['0- cas 1 2', '1-2 put 1, 3-4 get 2']],
    ['… but only on what it expects', NO, ['0- cas 1 2', '1-2 put 3, 3-4 get 2']],
  ] as const)('%s', ([, verdict, lines]) => {
    expect(verdicts(history(...lines))).toEqual(verdict)
  })

  it('what the logs held at the start may take effect', () => {
    const judge = new LinearizabilityJudge()
    judge.invoke(null, 1, put('7'), 0, micros(0))
    judge.abandon(null, 1)
    judge.invoke(clientId(11), 1, get(), 1, micros(1))
    expect(judge.answer(clientId(11), 1, found('7'), 2, micros(2))).toBeNull()
    expect(judge.verdict()).toEqual({ kind: 'yes' })
  })
})

describe('evidence', () => {
  const evidenceOf = (operations: readonly ClientOperation[]): Evidence => {
    const whole = judgeLinearizability(operations)
    const online = play(operations).verdict()
    if (whole.kind !== 'no' || online.kind !== 'no') throw new Error('it is linearizable')
    expect(namesIn(online.evidence)).toEqual(namesIn(whole.evidence))
    return whole.evidence
  }
  const named = ({ client, command, answered }: ClientOperation) =>
    [client, command.kind, 'value' in command ? command.value : '', answered?.result.kind].join(' ')
  const namesIn = ({ operation, found, possible, source, operations }: Evidence) => ({
    operation: named(operation),
    found,
    possible,
    source: source && named(source),
    operations: operations.map(named),
  })

  it('names the get, the write that it missed, and where its value came from', () => {
    const noise = Array.from({ length: 200 }, (_, i) => `${3 * i}-${3 * i + 1} put ${i % 7}`).join(', ')
    const evidence = evidenceOf(
      history(`${noise}, 700-701 put 7, 702-703 put 8`, '704-709 get 7', '705-706 get 8'),
    )
    expect(namesIn(evidence)).toEqual({
      operation: '12 Get  Found',
      found: '7',
      possible: ['8'],
      source: '11 Put 7 Done',
      operations: ['11 Put 8 Done', '12 Get  Found'],
    })
    expect(evidence.before.values).toBe('any')
  })

  it('is the get alone where nobody wrote what it found', () => {
    const evidence = evidenceOf(history('0-1 put 1, 2-3 put 2', '4-5 get 9', '6-7 put 9'))
    expect(evidence.operations.map(named)).toEqual(['12 Get  Found'])
    expect(evidence.source).toBeNull()
    expect(evidence.possible).toEqual(['2'])
  })

  it('keeps all writes that would explain the answer if they came later', () => {
    const evidence = evidenceOf(history('0-1 put 1, 2-3 put 1, 4-5 put 2', '6-7 get 1'))
    expect(evidence.operations.map(named)).toEqual(['11 Put 2 Done', '12 Get  Found'])
  })

  it('names both compare-and-sets that cannot both have won', () => {
    const evidence = evidenceOf(history('0-1 put 1, 2-5 cas 1 2', '3-6 cas 1 3', '7-8 get 3'))
    expect(evidence).toMatchObject({ found: '1', operation: { client: 12 } })
    expect(evidence.operations.map(named)).toContain('11 CompareAndSet 2 Done')
    expect(evidence.possible).not.toContain(1)
  })

  it('is of the key whose answer was the first that was wrong', () => {
    const operations = [
      op(11, 0, 1, put('1', 'y'), done),
      op(11, 4, 5, get('y'), found(null)),
      op(12, 2, 3, get('z'), found('5')),
    ]
    expect(evidenceOf(operations)).toMatchObject({ key: 'z', found: '5', possible: [null] })
  })
})

describe('the bounds', () => {
  it('are kept by the search, which then says so', () => {
    const clients = Array.from({ length: 9 }, (_, i) => `${i}-100 put ${i}`)
    const operations = history(...clients, '200-201 get 3, 202-203 get 4')
    const steps = operations.map(({ command, invoked, answered }) => ({
      ...effectOf(command, answered?.result ?? null),
      invoked: invoked.place,
      answered: answered?.place ?? Infinity,
    }))
    expect(linearize(steps, [null], 500).kind).toBe('unknown')
    expect(linearize(steps, [null], 1_000_000).kind).toBe('no')
    expect(judgeLinearizability(operations, 500).kind).toBe('no')
  })

  it('are kept online, key by key, until the judge goes back', () => {
    const chain = Array.from({ length: 14 }, (_, i) =>
      op(11 + i, i, 90 + i, cas(`${i % 3}`, `${(i + 1) % 3}`), done),
    )
    const judge = new LinearizabilityJudge()
    const before = judge.mark()
    play([...chain, op(40, 20, 30, put('0'), done), op(41, 21, 31, get(), found('2'))], judge)
    expect(judge.verdict()).toEqual({ kind: 'unknown', keys: ['x'] })
    judge.backTo(before)
    expect(judge.verdict()).toEqual({ kind: 'yes' })
  })

  it('what is too much as it happens can be plain in hindsight', () => {
    const losers = Array.from({ length: 10 }, (_, i) =>
      op(11 + i, i, 200 + i, cas(`${i % 3}`, `${(i + 1) % 3}`), mismatch(null)),
    )
    const writes = history('20-22 put 0, 23-25 put 1, 26-28 put 2, 29-31 put 0, 32-34 put 1')
    const wrong = op(99, 100, 101, get(), found('9'))
    const operations = [...losers, op(80, 20.5, 300, get(), found(null)), ...writes, wrong]
    expect(play(operations).verdict().kind).toBe('unknown')
    expect(judgeLinearizability(operations)).toMatchObject({
      kind: 'no',
      evidence: { operation: { client: 99 }, operations: [{ client: 99 }], possible: [] },
    })
  })

  it('thirty open writes of one key are no difficulty', () => {
    const open = Array.from({ length: 30 }, (_, i) => op(11, i, 1000 + i, put(`${i}`), done))
    const reads = [7, 29, 3].map((n, i) => op(12, 40 + 2 * i, 41 + 2 * i, get(), found(`${n}`)))
    expect(verdicts([...open, ...reads])).toEqual(YES)
    expect(verdicts([...open, ...reads, op(12, 50, 51, get(), found('29'))])).toEqual(NO)
  })
})

/** An order by trying them all, over all keys at once, with a store of its own. */
function bruteForce(operations: readonly ClientOperation[]): boolean {
  const explain = (left: readonly ClientOperation[], store: Readonly<Record<string, string>>): boolean => {
    if (left.every(({ answered }) => answered === null)) return true
    return left.some((one) => {
      const rest = left.filter((other) => other !== one)
      if (rest.some(({ answered }) => answered !== null && answered.place < one.invoked.place)) return false
      const after = apply(store, one.command)
      const fits =
        one.answered === null || JSON.stringify(one.answered.result) === JSON.stringify(after.result)
      return fits && explain(rest, after.store)
    })
  }
  return explain(operations, {})
}

function apply(store: Readonly<Record<string, string>>, command: Command) {
  const { key } = command
  const now = store[key] ?? null
  const { [key]: _, ...others } = store
  switch (command.kind) {
    case 'Put':
      return { store: { ...others, [key]: command.value }, result: done }
    case 'Delete':
      return { store: others, result: done }
    case 'Get':
      return { store, result: found(now) }
    case 'CompareAndSet':
      if (now !== command.expected) return { store, result: mismatch(now) }
      return { store: { ...others, [key]: command.value }, result: done }
  }
}

const letter = fc.constantFrom('1', '2', '3')
const key = fc.constantFrom('x', 'x', 'x', 'y')
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(letter, key).map(([v, k]) => put(v, k)) },
  { weight: 3, arbitrary: key.map(get) },
  { weight: 1, arbitrary: key.map(del) },
  { weight: 3, arbitrary: fc.tuple(letter, letter, key).map(([e, v, k]) => cas(e, v, k)) },
)

interface Draft {
  readonly command: Command
  /** When it was asked, took effect and was answered, as parts of the whole. */
  readonly times: readonly [number, number, number]
  readonly open: boolean
  /** What is answered instead of the truth. */
  readonly lie: string | null | undefined
  readonly lost: boolean
}

const time = fc.integer({ min: 0, max: 1000 })
const draft: fc.Arbitrary<Draft> = fc.record({
  command,
  times: fc
    .tuple(time, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
    .map(([from, a, b]) => [from, from + a, from + a + b] as const),
  open: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  lie: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom('1', '2', '3', null)),
  lost: fc.boolean(),
})

/** What clients see of one store if each draft takes effect once, with lies in between. */
function settle(drafts: readonly Draft[]): ClientOperation[] {
  let store: Readonly<Record<string, string>> = {}
  const moments = drafts.flatMap(({ times }, i) => times.map((when, phase) => ({ i, phase, when })))
  moments.sort((a, b) => a.when - b.when || a.i - b.i || a.phase - b.phase)
  const places = drafts.map(() => [0, 0, 0])
  const results: Result[] = []
  for (const [place, { i, phase }] of moments.entries()) {
    const { command, lie } = drafts[i] as Draft
    places[i]![phase] = place
    if (phase !== 1) continue
    const after = apply(store, command)
    store = after.store
    results[i] =
      lie === undefined || after.result.kind === 'Done'
        ? after.result
        : ({ ...after.result, value: lie } as Result)
  }
  return drafts.map(({ command, open }, i) => {
    const [from = 0, , to = 0] = places[i] ?? []
    return op(11 + i, from, to, command, open ? null : (results[i] ?? null))
  })
}

const drafts = (most: number) => fc.array(draft, { minLength: 1, maxLength: most })
const forAll = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, runs = RUNS) =>
  fc.assert(fc.property(arbitrary, check), { numRuns: runs, seed: 4 })

describe('on small histories', { timeout: 3_600_000 }, () => {
  const lostIn = (all: readonly Draft[]) => (operation: ClientOperation) =>
    all[(operation.client ?? 11) - 11]?.lost ?? false

  it('search and judge agree with trying every order', () => {
    let wrong = 0
    forAll(drafts(8), (all) => {
      const operations = settle(all)
      const expected = bruteForce(operations) ? 'yes' : 'no'
      if (expected === 'no') wrong++
      expect(judgeLinearizability(operations).kind).toBe(expected)
      expect(play(operations, undefined, lostIn(all)).verdict().kind).toBe(expected)
    })
    expect(wrong).toBeGreaterThan(RUNS / 10)
    expect(wrong).toBeLessThan(RUNS * 0.9)
  })

  it('an order that is given is one', () => {
    forAll(drafts(8), (all) => {
      const judged = judgeLinearizability(settle(all))
      if (judged.kind !== 'yes') return
      for (const order of judged.orders.values()) {
        let store = {}
        for (const [i, { command, answered, invoked }] of order.entries()) {
          const after = apply(store, command)
          store = after.store
          if (answered !== null) expect(answered.result).toEqual(after.result)
          for (const later of order.slice(i + 1))
            if (later.answered !== null) expect(later.answered.place).toBeGreaterThan(invoked.place)
        }
      }
    })
  })

  it('evidence contradicts itself, needs all that it names, and says truly what was possible', () => {
    let wrong = 0
    forAll(drafts(8), (all) => {
      const operations = settle(all)
      const judged = judgeLinearizability(operations)
      const online = play(operations, undefined, lostIn(all)).verdict()
      if (judged.kind !== 'no' || online.kind !== 'no') return
      wrong++
      const { evidence } = judged
      const { operation } = online.evidence
      expect(operation.client).toBe(evidence.operation.client)
      const ofKey = operations.filter(({ command }) => command.key === evidence.key)
      const known = upTo(ofKey, evidence.operation)
      // The shortest beginning: without this answer all is well.
      const unanswered = known.map((one) =>
        one.client === operation.client ? { ...one, answered: null } : one,
      )
      expect(bruteForce(known)).toBe(false)
      expect(bruteForce(unanswered)).toBe(true)
      const { before, operations: core } = evidence
      const own = core.map((one) => known.find(({ client }) => client === one.client)!)
      expect(contradictsByForce(known, own, before.place, before.values)).toBe(true)
      for (const left of own) {
        const fewer = own.filter((one) => one !== left)
        const contradiction = { core: fewer, place: before.place, values: before.values }
        if (left.client !== operation.client)
          expect(new Contradictions(known).has(contradiction).is).toBe(false)
      }
      expectPossible(unanswered, evidence)
      expect(new Set(online.evidence.possible)).toEqual(new Set(evidence.possible))
    })
    expect(wrong).toBeGreaterThan(RUNS / 10)
  })

  /** In its place, it can have found just these. */
  function expectPossible(unanswered: readonly ClientOperation[], { operation, possible }: Evidence) {
    const { command, answered } = operation
    const others = unanswered.filter(({ client }) => client !== operation.client)
    for (const candidate of ['1', '2', '3', null]) {
      const isDone = command.kind === 'CompareAndSet' && command.expected === candidate
      const other = command.kind === 'Get' ? found(candidate) : isDone ? done : mismatch(candidate)
      const instead = { ...operation, answered: { ...answered!, result: other } }
      expect(possible.includes(candidate)).toBe(bruteForce([...others, instead]))
    }
  }

  /** A key that held something before is one with a write before all else. */
  function contradictsByForce(
    known: readonly ClientOperation[],
    core: readonly ClientOperation[],
    place: number,
    values: Evidence['before']['values'],
  ): boolean {
    const free = known
      .filter((one) => !core.includes(one) && (one.answered?.place ?? Infinity) > place)
      .filter(({ answered }) => answered === null || answered.result.kind === 'Done')
      .map((one) => ({ ...one, answered: null }))
    const key = known[0]?.command.key ?? ''
    const starts = values === 'any' ? ['1', '2', '3', 'another', null] : values
    return starts.every((start) => {
      const first = start === null ? del(key) : put(start, key)
      return !bruteForce([op(99, -2, -1, first, done), ...core, ...free])
    })
  }

  it('going back forgets all that came after', () => {
    forAll(
      fc.tuple(drafts(8), drafts(8), fc.nat(30)),
      ([all, others, cut]) => {
        const lost = lostIn(all)
        const steps = stepsOf(settle(all), lost)
        const judge = new LinearizabilityJudge()
        const straight = new LinearizabilityJudge()
        for (const step of steps.slice(0, cut)) step(judge)
        const mark = judge.mark()
        const shifted = settle(others).map((one) => ({ ...one, client: clientId(50 + one.client!) }))
        play(shifted, judge)
        judge.backTo(mark)
        for (const step of steps.slice(cut)) step(judge)
        for (const step of steps) step(straight)
        expect(judge.verdict()).toEqual(straight.verdict())
      },
      RUNS / 5,
    )
  })
})

describe('on longer histories', { timeout: 3_600_000 }, () => {
  it('search and judge agree', () => {
    let wrong = 0
    let unknown = 0
    const rarelyLie = (all: readonly Draft[]) =>
      all.map((one, i) => (i % 12 === 0 ? one : { ...one, lie: undefined }))
    forAll(
      fc.array(draft, { minLength: 20, maxLength: 60 }).map(rarelyLie),
      (all) => {
        const spread = all.map((one, i) => {
          const [from, a, b] = one.times
          const start = 60 * i
          return { ...one, times: [start, start + (a - from), start + (b - from)] as const }
        })
        const operations = settle(spread)
        const whole = judgeLinearizability(operations).kind
        const online = play(operations, undefined, ({ client }) => spread[client! - 11]?.lost ?? false)
        const kept = online.verdict().kind
        if (whole === 'unknown' || kept === 'unknown') unknown++
        else expect(kept).toBe(whole)
        if (whole === 'no') wrong++
      },
      RUNS / 20,
    )
    expect(wrong).toBeGreaterThan(RUNS / 20 / 20)
    expect(unknown).toBeLessThan(RUNS / 20 / 50)
  })
})
