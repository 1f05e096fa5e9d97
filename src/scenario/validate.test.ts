import { expect, test } from 'vitest'
import { parseCommand } from '../words/parse-command.ts'
import { fresh } from './fresh.ts'
import { LIBRARY } from './library.ts'
import { ENGINE } from './scenario.ts'
import { validate } from './validate.ts'

const S1 = { kind: 'Crash', server: 1 }
const line = (act: object, at = 0) => ({ at, skip: 0, act })
const script = (...acts: object[]) => ({ script: acts.map((act) => line(act)) })
const put = { kind: 'Put', key: 'x', value: '1' }
const other = { kind: 'Put', key: 'x', value: '2' }
const log = (...terms: number[]) => terms.map((term) => ({ term, command: put }))
const initial = (first: object, rest: object = {}) => ({
  servers: 2,
  initial: [
    { currentTerm: 3, votedFor: null, log: [], ...first },
    { currentTerm: 3, votedFor: null, log: [], ...rest },
  ],
})
const message = { from: 1, to: 2, n: 1, copy: 0 }
const settings = (changed: object) => ({ settings: { ...fresh.settings, ...changed } })
const view = (changed: object) => ({ view: { ...fresh.view, ...changed } })

test.each([
  [{ seed: -1 }, 'seed must be a whole number from 0 to 4294967295.'],
  [{ seed: 1.5 }, 'seed must be a whole number from 0 to 4294967295.'],
  [{ seed: undefined }, 'seed must be a whole number from 0 to 4294967295.'],
  [{ servers: 0 }, 'servers must be a whole number from 1 to 9.'],
  [{ servers: '5' }, 'servers must be a whole number from 1 to 9.'],
  [{ engine: 99 }, `engine must be a whole number from 1 to ${ENGINE}.`],
  [{ name: 'x'.repeat(81) }, 'name must be a text of at most 80 printable characters.'],
  [{ name: 'a\u0007' }, 'name must be a text of at most 80 printable characters.'],
  [{ name: '\ud800' }, 'name must be a text of at most 80 printable characters.'],
  [{ name: 'safe \u202ereversed' }, 'name must be a text of at most 80 printable characters.'],
  [{ colour: 'red' }, 'It has a field that is not known, "colour".'],
  [settings({ loss: 1_000_001 }), 'settings.loss must be a whole number from 0 to 1000000.'],
  [settings({ backUp: 'two' }), 'settings.backUp must be one of term, one.'],
  [settings({ wind: 1 }), 'settings has a field that is not known, "wind".'],
  [{ settings: {} }, 'settings.electionTimeoutMin is missing.'],
  [{ script: {} }, 'script must be a list.'],
  [{ script: [{ skip: 0, act: S1 }] }, 'Script line 1: at is missing.'],
  [{ script: [line(S1, 1e12 + 1)] }, 'Script line 1: at must be a whole number from 0 to 1000000000000.'],
  [{ script: [line(S1, 2), line(S1, 1)] }, 'Script line 2: it comes before the line above it.'],
  [{ script: Array.from({ length: 2001 }, () => line(S1)) }, 'script must have at most 2000 items.'],
  [script({ kind: 'Explode' }), 'Script line 1: act.kind: there is no intervention "Explode".'],
  [script({ kind: 7 }), 'Script line 1: act.kind must name a kind of intervention.'],
  [script(S1, S1, { kind: 'Crash', server: 7 }), 'Script line 3: there is no S7 in a cluster of 5.'],
  [script({ ...S1, why: 'fun' }), 'Script line 1: act has a field that is not known, "why".'],
  [script({ kind: 'Crash' }), 'Script line 1: act.server is missing.'],
  [script({ kind: 'Cut', from: 2, to: 2 }), 'Script line 1: it needs two servers, and S2 is one.'],
  [script({ kind: 'Retry', server: 1, peer: 6 }), 'Script line 1: there is no S6 in a cluster of 5.'],
  [script({ kind: 'Partition', groups: [[1, 2], [2]] }), 'Script line 1: S2 is in it twice.'],
  [script({ kind: 'Partition', groups: [[9]] }), 'Script line 1: there is no S9 in a cluster of 5.'],
  [
    script({ kind: 'SetClock', server: 1, rate: 99 }),
    'Script line 1: act.rate must be a whole number from 100 to 10000.',
  ],
  [
    script({ kind: 'Drop', message: { ...message, to: 10 } }),
    'Script line 1: act.message.to must be a server, 1 to 9, or a client, 11 to 16.',
  ],
  [
    script({ kind: 'Drop', message: { ...message, from: 8 } }),
    'Script line 1: there is no S8 in a cluster of 5.',
  ],
  [
    script({ kind: 'Drop', message: { ...message, copy: 32 } }),
    'Script line 1: act.message.copy must be a whole number from 0 to 31.',
  ],
  [
    script({ kind: 'Command', server: null, command: { ...put, key: '' } }),
    'Script line 1: act.command.key must be a text of 1 to 16 printable characters.',
  ],
  [
    script({ kind: 'Command', server: null, command: { ...put, key: '😀'.repeat(17) } }),
    'Script line 1: act.command.key must be a text of 1 to 16 printable characters.',
  ],
  [
    script({ kind: 'Command', server: null, command: { kind: 'Add', key: 'x' } }),
    'Script line 1: act.command.kind: there is no command "Add".',
  ],
  [
    script({ kind: 'Change', settings: { loss: -1 } }),
    'Script line 1: act.settings.loss must be a whole number from 0 to 1000000.',
  ],
  [
    script({ kind: 'SetLink', from: 1, to: 2, settings: { loss: 1 } }),
    'Script line 1: act.settings.latencyMin is missing.',
  ],
  [{ initial: [] }, 'initial has the state of 0 servers, and the cluster has 5.'],
  [initial({ votedFor: 3 }), 'Initial state of S1: there is no S3 in a cluster of 2.'],
  [initial({ currentTerm: 0, votedFor: 1 }), 'Initial state of S1: nobody can have voted in term 0.'],
  [initial({}, { log: log(1, 4) }), 'Initial state of S2: entry 2 has term 4, above currentTerm 3.'],
  [
    initial({}, { log: log(2, 1) }),
    'Initial state of S2: entry 2 has term 1, but the entry before it has term 2.',
  ],
  [initial({ log: log(0) }), 'Initial log of S1, entry 1: term must be a whole number from 1 to 1000000.'],
  [
    initial({ log: log(1) }, { log: [{ term: 1, command: other }] }),
    'The initial logs of S1 and S2 both have an entry of term 1 at index 1, so they must be the same up to there (Log Matching, §5.3).',
  ],
  [
    initial({ log: log(1, 3) }, { log: log(2, 3) }),
    'The initial logs of S1 and S2 both have an entry of term 3 at index 2, so they must be the same up to there (Log Matching, §5.3).',
  ],
  [view({ slowdown: 0 }), 'view.slowdown must be a whole number from 1 to 10000.'],
  [view({ selection: { kind: 'server', server: 6 } }), 'view.selection: there is no S6 in a cluster of 5.'],
  [view({ selection: { kind: 'star' } }), 'view.selection.kind: there is no selection "star".'],
])('%j: %s', (changed, sentence) => {
  expect(validate({ ...fresh, ...changed })).toEqual({ ok: false, sentence })
})

test.each([null, 5, 'text', [], undefined])('%j is no scenario', (value) => {
  expect(validate(value)).toMatchObject({ ok: false, sentence: expect.stringMatching(/\.$/) })
})

test.each(LIBRARY.map((entry) => [entry.id, entry.scenario] as const))(
  '%s passes unchanged',
  (_, scenario) => {
    expect(validate(scenario)).toEqual({ ok: true, scenario })
  },
)

test('a name of another prototype is just another unknown field', () => {
  const hostile: unknown = JSON.parse(JSON.stringify(fresh).replace('{', '{"__proto__":{"seed":1},'))
  expect(validate(hostile)).toMatchObject({ sentence: 'It has a field that is not known, "__proto__".' })
})

test('whatever can be typed as a command can be opened again', () => {
  const parsed = parseCommand(`put ${'😀'.repeat(16)} ${'𝒳'.repeat(16)}`)
  if (!parsed.ok) throw new Error(parsed.sentence)
  const typed = script({ kind: 'Command', server: null, command: parsed.command })
  expect(validate({ ...fresh, ...typed })).toMatchObject({ ok: true })
})
