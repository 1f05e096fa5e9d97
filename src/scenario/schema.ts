import * as v from 'valibot'
import {
  type Address,
  type ClientId,
  type Micros,
  MOST_COPIES,
  MOST_SERVERS,
  type ServerId,
  type Term,
} from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { InitialServer, Intervention, MessageName, ScriptItem } from '../simulation/script.ts'
import type { LinkSettings, Settings } from '../simulation/settings.ts'
import {
  ENGINE,
  LONGEST_NAME,
  MOST_SCRIPT_LINES,
  type Scenario,
  type Selection,
  UNPRINTABLE,
  type View,
} from './scenario.ts'
import { LINK_KEYS, SETTINGS, type SettingKey, type SettingRow } from './settings-table.ts'

/** What a scenario may hold. Wherever one comes from, a file or a link, it passes here first. */
export const LATEST = 1_000_000_000_000
export const MOST_INITIAL_ENTRIES = 1000
export const LONGEST_WORD = 16
const HIGHEST_TERM = 1_000_000
const MOST = 1_000_000_000

type Schema<T> = v.GenericSchema<unknown, T>

const whole = <T extends number>(min: number, max: number): Schema<T> =>
  v.custom<T>(
    (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    `must be a whole number from ${min} to ${max}`,
  )

/** `lengthOf` counts what `max` is a bound of. */
const text = (min: number, max: number, lengthOf: (value: string) => number): Schema<string> =>
  v.custom<string>(
    (value) => {
      if (typeof value !== 'string' || UNPRINTABLE.test(value)) return false
      const length = lengthOf(value)
      return length >= min && length <= max
    },
    `must be a text of ${min === 0 ? 'at most' : `${min} to`} ${max} printable characters`,
  )

const listOf = <T>(item: Schema<T>, most: number): Schema<T[]> =>
  v.pipe(v.array(item, 'must be a list'), v.maxLength(most, `must have at most ${most} items`))

/** An object with these fields and no others. */
const record = <const Fields extends v.ObjectEntries>(fields: Fields) =>
  v.strictObject(fields, ({ expected, input }) => {
    if (expected === 'never') return `has a field that is not known, "${clip(input)}"`
    return expected === 'Object' ? 'must be an object' : 'is missing'
  })

const oneOf = (known: string) => (issue: { readonly input: unknown }) =>
  typeof issue.input === 'string'
    ? `there is no ${known} "${clip(issue.input)}"`
    : `must name a kind of ${known}`

const clip = (input: unknown): string => String(input).slice(0, 40)

const kind = <const K extends string>(name: K) => v.literal(name)

const time = whole<Micros>(0, LATEST)
const server = whole<ServerId>(1, MOST_SERVERS)
const count = whole<number>(0, MOST)
/** An emoji is one character to whoever types it. */
const characters = (value: string): number => [...value].length
const word = text(0, LONGEST_WORD, characters)
const key = text(1, LONGEST_WORD, characters)
const address = v.custom<Address>(
  (value) => Number.isInteger(value) && isAddress(value as number),
  'must be a server, 1 to 9, or a client, 11 to 16',
)
const isAddress = (n: number): boolean => (n >= 1 && n <= MOST_SERVERS) || (n >= 11 && n <= 16)

const command: Schema<Command> = v.variant(
  'kind',
  [
    record({ kind: kind('Put'), key, value: word }),
    record({ kind: kind('Get'), key }),
    record({ kind: kind('Delete'), key }),
    record({ kind: kind('CompareAndSet'), key, expected: word, value: word }),
  ],
  oneOf('command'),
)

type SettingSchemas<Keys extends SettingKey> = { [K in Keys]: Schema<Settings[K]> }

const settingSchemas = Object.fromEntries(
  SETTINGS.map((row) => [row.key, schemaOf(row)]),
) as SettingSchemas<SettingKey>

function schemaOf(row: SettingRow): Schema<unknown> {
  if (row.kind === 'switch') return v.boolean('must be true or false')
  if (row.kind !== 'choice') return whole(row.min, row.max)
  const values = row.choices.map((choice) => choice.value)
  return v.picklist(values, `must be one of ${values.join(', ')}`)
}

const settings: Schema<Settings> = record(settingSchemas)

const someSettings: Schema<Partial<Settings>> = record(
  Object.fromEntries(Object.entries(settingSchemas).map(([name, schema]) => [name, v.exactOptional(schema)])),
)

const linkSettings: Schema<LinkSettings> = record(
  Object.fromEntries(LINK_KEYS.map((name) => [name, settingSchemas[name]])) as SettingSchemas<
    keyof LinkSettings
  >,
)

const message: Schema<MessageName> = record({
  from: address,
  to: address,
  n: whole(1, MOST),
  copy: whole(0, MOST_COPIES),
})

const act: Schema<Intervention> = v.variant(
  'kind',
  [
    record({ kind: kind('Crash'), server }),
    record({ kind: kind('Restart'), server }),
    record({ kind: kind('RestartWithout'), server, loses: v.picklist(['vote', 'disk']) }),
    record({ kind: kind('Transfer'), server, to: server }),
    record({ kind: kind('SetDisk'), server, latency: v.nullable(whole<Micros>(0, 10_000_000)) }),
    record({
      kind: kind('ChangeMembers'),
      add: listOf(server, MOST_SERVERS),
      remove: listOf(server, MOST_SERVERS),
    }),
    record({ kind: kind('Pause'), server }),
    record({ kind: kind('Resume'), server }),
    record({ kind: kind('TimeOut'), server }),
    record({ kind: kind('Heartbeat'), server }),
    record({ kind: kind('Retry'), server, peer: server }),
    record({ kind: kind('SetClock'), server, rate: whole(100, 10_000) }),
    record({ kind: kind('Partition'), groups: listOf(listOf(server, MOST_SERVERS), MOST_SERVERS) }),
    record({ kind: kind('Isolate'), server }),
    record({ kind: kind('Cut'), from: server, to: server }),
    record({ kind: kind('Mend'), from: server, to: server }),
    record({ kind: kind('Heal') }),
    record({ kind: kind('Command'), server: v.nullable(server), command }),
    record({ kind: kind('Drop'), message }),
    record({ kind: kind('Delay'), message, by: time }),
    record({ kind: kind('Duplicate'), message }),
    record({ kind: kind('Deliver'), message }),
    record({ kind: kind('ClientTimeOut'), client: whole<ClientId>(11, 12), serial: whole(1, MOST) }),
    record({ kind: kind('Change'), settings: someSettings }),
    record({ kind: kind('SetLink'), from: server, to: server, settings: v.nullable(linkSettings) }),
  ],
  oneOf('intervention'),
)

const scriptItem: Schema<ScriptItem> = record({ at: time, skip: count, act })

const initialServer: Schema<InitialServer> = record({
  currentTerm: whole<Term>(0, HIGHEST_TERM),
  votedFor: v.nullable(server),
  log: listOf(record({ term: whole<Term>(1, HIGHEST_TERM), command }), MOST_INITIAL_ENTRIES),
})

const selection: Schema<Selection> = v.variant(
  'kind',
  [record({ kind: kind('server'), server }), record({ kind: kind('message'), message })],
  oneOf('selection'),
)

const view: Schema<View> = record({
  at: time,
  skip: v.nullable(count),
  selection: v.nullable(selection),
  slowdown: v.nullable(whole<number>(1, 10_000)),
})

/** A scenario's shape and bounds. What its parts must have to do with each other is checked after. */
export const scenarioSchema: Schema<Scenario> = record({
  engine: whole(1, ENGINE),
  name: text(0, LONGEST_NAME, (value) => value.length),
  seed: whole(0, 0xffff_ffff),
  servers: whole(1, MOST_SERVERS),
  settings,
  initial: v.nullable(listOf(initialServer, MOST_SERVERS)),
  script: listOf(scriptItem, MOST_SCRIPT_LINES),
  view,
})
