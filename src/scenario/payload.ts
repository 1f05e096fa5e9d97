import { MOST_SERVERS } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { InitialServer, Intervention, MessageName, ScriptItem } from '../simulation/script.ts'
import { type LinkSettings, type Settings, section5Defaults } from '../simulation/settings.ts'
import { ByteReader, ByteWriter, Unreadable } from './bytes.ts'
import {
  type Codec,
  type Kinds,
  list,
  nullable,
  number,
  optional,
  record,
  text,
  time,
  union,
} from './codec.ts'
import { ENGINE, type Scenario, type Selection, type View } from './scenario.ts'
import { SETTINGS, type SettingRow } from './settings-table.ts'

/**
 * A scenario as bytes: numbered fields in any order, each left out where it has its usual value. To add to it, give a
 * new field, setting or kind a new number; what a number means, and what is usual, never changes.
 */

const command: Codec<Command> = union<Command>({
  Put: [1, { key: text, value: text }],
  Get: [2, { key: text }],
  Delete: [3, { key: text }],
  CompareAndSet: [4, { key: text, expected: text, value: text }],
})

/** How messages were named at first. */
const longName: Codec<MessageName> = record<MessageName>({
  from: number,
  to: number,
  n: number,
  copy: number,
})

/** Both ends, from 1 to 16, in one byte. Most messages are no copies; the lowest bit says which are. */
const message: Codec<MessageName> = {
  write(to, { from: sender, to: receiver, n, copy }) {
    to.byte((sender - 1) * 16 + receiver - 1).varint(n * 2 + (copy > 0 ? 1 : 0))
    if (copy > 0) to.varint(copy)
  },
  read(from) {
    const ends = from.byte()
    const head = from.varint()
    const copy = head % 2 === 1 ? from.varint() : 0
    return { from: (ends >> 4) + 1, to: (ends & 15) + 1, n: Math.floor(head / 2), copy }
  },
}

/** Only the settings that are there, each after its number. */
const someSettings: Codec<Partial<Settings>> = {
  write(to, settings) {
    const given = SETTINGS.filter(({ key }) => settings[key] !== undefined)
    to.varint(given.length)
    for (const row of given) writeSetting(to, row, settings)
  },
  read(from) {
    const settings: Record<string, unknown> = {}
    for (let left = from.varint(); left > 0; left--) {
      const n = from.varint()
      const row = SETTINGS.find((one) => one.number === n)
      if (row === undefined) throw new Unreadable('newer')
      settings[row.key] = readSetting(from, row)
    }
    return settings
  },
}

function writeSetting(to: ByteWriter, row: SettingRow, settings: Partial<Settings>): void {
  to.varint(row.number)
  if (row.kind === 'choice') to.varint(row.choices.findIndex(({ value }) => value === settings[row.key]))
  else if (row.kind === 'switch') to.varint(settings[row.key] === true ? 1 : 0)
  else if (row.kind === 'time') to.time(settings[row.key] ?? 0)
  else to.varint(settings[row.key] ?? 0)
}

function readSetting(from: ByteReader, row: SettingRow): unknown {
  if (row.kind === 'time') return from.time()
  const value = from.varint()
  if (row.kind === 'switch') return value === 1
  if (row.kind !== 'choice') return value
  if (row.choices[value] === undefined) throw new Unreadable('newer')
  return row.choices[value].value
}

/** What a faulty disk loses; the places never change. */
const LOSSES = ['vote', 'disk'] as const
const loss: Codec<'vote' | 'disk'> = {
  write: (to, value) => void to.varint(LOSSES.indexOf(value)),
  read: (from) => LOSSES[from.varint()],
}

const acts: Kinds<Intervention> = {
  Crash: [1, { server: number }],
  Restart: [2, { server: number }],
  Pause: [3, { server: number }],
  Resume: [4, { server: number }],
  TimeOut: [5, { server: number }],
  Heartbeat: [6, { server: number }],
  Retry: [7, { server: number, peer: number }],
  SetClock: [8, { server: number, rate: number }],
  Partition: [9, { groups: list(list(number)) }],
  Isolate: [10, { server: number }],
  Cut: [11, { from: number, to: number }],
  Mend: [12, { from: number, to: number }],
  Heal: [13, {}],
  Command: [14, { server: optional, command }],
  Drop: [22, { message }],
  Delay: [23, { message, by: time }],
  Duplicate: [24, { message }],
  Deliver: [25, { message }],
  ClientTimeOut: [19, { client: number, serial: number }],
  Change: [20, { settings: someSettings }],
  RestartWithout: [26, { server: number, loses: loss }],
  Transfer: [27, { server: number, to: number }],
  SetDisk: [28, { server: number, latency: optional }],
  ChangeMembers: [29, { add: list(number), remove: list(number) }],
  SetLink: [21, { from: number, to: number, settings: nullable<LinkSettings>(someSettings) }],
}

const anyAct = union<Intervention>(acts, {
  Drop: [15, { message: longName }],
  Delay: [16, { message: longName, by: time }],
  Duplicate: [17, { message: longName }],
  Deliver: [18, { message: longName }],
})

/** From 32 on, each number is a kind and the server that it happens to: the kind's own number is only read. */
const ON_SERVER = ['Crash', 'Restart', 'Pause', 'Resume', 'TimeOut', 'Heartbeat', 'Isolate'] as const
const FIRST_ON_SERVER = 32

type OnServer = Extract<Intervention, { kind: (typeof ON_SERVER)[number] }>
const isOnServer = (what: Intervention): what is OnServer => ON_SERVER.some((kind) => kind === what.kind)

const act: Codec<Intervention> = {
  write(to, what) {
    if (!isOnServer(what)) anyAct.write(to, what)
    else to.varint(FIRST_ON_SERVER + ON_SERVER.indexOf(what.kind) * MOST_SERVERS + what.server - 1)
  },
  read(from) {
    const n = from.varint()
    const place = n - FIRST_ON_SERVER
    const kind = ON_SERVER[Math.floor(place / MOST_SERVERS)]
    return kind === undefined ? anyAct.readFields(n, from) : { kind, server: (place % MOST_SERVERS) + 1 }
  },
}

/** Times as what lies between them. Most lines have no `skip`; the lowest bit says which have. */
const script: Codec<readonly ScriptItem[]> = {
  write(to, items) {
    to.varint(items.length)
    let last = 0
    for (const { at, skip, act: what } of items) {
      to.varint((at - last) * 2 + (skip > 0 ? 1 : 0))
      if (skip > 0) to.varint(skip)
      act.write(to, what)
      last = at
    }
  },
  read(from) {
    const items: unknown[] = []
    let at = 0
    for (let left = from.varint(); left > 0; left--) {
      const head = from.varint()
      at += Math.floor(head / 2)
      items.push({ at, skip: head % 2 === 1 ? from.varint() : 0, act: act.read(from) })
    }
    return items
  },
}

const initial: Codec<readonly InitialServer[]> = list(
  record<InitialServer>({
    currentTerm: number,
    votedFor: optional,
    log: list(record<InitialServer['log'][number]>({ term: number, command })),
  }),
)

const selection: Codec<Selection> = union<Selection>(
  { server: [1, { server: number }], message: [3, { message }] },
  { message: [2, { message: longName }] },
)

const view: Codec<View> = record<View>({
  at: time,
  skip: optional,
  selection: nullable(selection),
  slowdown: optional,
})

const Field = {
  Engine: 1,
  Seed: 2,
  Servers: 3,
  Name: 4,
  Settings: 5,
  Initial: 6,
  Script: 7,
  View: 8,
  StateHash: 9,
} as const

const usual = {
  engine: 1,
  servers: 5,
  name: '',
  settings: {},
  initial: null,
  script: [],
  view: { at: 0, skip: null, selection: null, slowdown: null },
}

/** `stateHash` is that of the world at the view's position, for the reader to compare; `null` if it is not known. */
export function writePayload(scenario: Scenario, stateHash: number | null): Uint8Array<ArrayBuffer> {
  const to = new ByteWriter()
  if (scenario.engine !== usual.engine) to.varint(Field.Engine).varint(scenario.engine)
  to.varint(Field.Seed).uint32(scenario.seed)
  if (scenario.servers !== usual.servers) to.varint(Field.Servers).varint(scenario.servers)
  if (scenario.name !== usual.name) to.varint(Field.Name).text(scenario.name)
  const changed = SETTINGS.filter(({ key }) => scenario.settings[key] !== section5Defaults[key])
  if (changed.length > 0) {
    const pairs = changed.map(({ key }) => [key, scenario.settings[key]])
    someSettings.write(to.varint(Field.Settings), Object.fromEntries(pairs))
  }
  if (scenario.initial !== null) initial.write(to.varint(Field.Initial), scenario.initial)
  if (scenario.script.length > 0) script.write(to.varint(Field.Script), scenario.script)
  if (isViewUsual(scenario.view) === false) view.write(to.varint(Field.View), scenario.view)
  if (stateHash !== null) to.varint(Field.StateHash).uint32(stateHash)
  return to.done()
}

const isViewUsual = ({ at, skip, selection: selected, slowdown }: View): boolean =>
  at === 0 && skip === null && selected === null && slowdown === null

/** What the bytes say, still to be checked. Throws Unreadable where they say nothing. */
export function readPayload(bytes: Uint8Array): { scenario: unknown; stateHash: number | null } {
  const from = new ByteReader(bytes)
  const fields: Record<string, unknown> = { ...usual }
  let stateHash: number | null = null
  while (!from.atEnd) {
    const field = from.varint()
    if (field === Field.StateHash) stateHash = from.uint32()
    else Object.assign(fields, readField(field, from))
  }
  const settings = { ...section5Defaults, ...(fields['settings'] as object) }
  return { scenario: { ...fields, settings }, stateHash }
}

function readField(field: number, from: ByteReader): object {
  switch (field) {
    case Field.Engine: {
      const engine = from.varint()
      if (engine > ENGINE) throw new Unreadable('newer')
      return { engine }
    }
    case Field.Seed:
      return { seed: from.uint32() }
    case Field.Servers:
      return { servers: from.varint() }
    case Field.Name:
      return { name: from.text() }
    case Field.Settings:
      return { settings: someSettings.read(from) }
    case Field.Initial:
      return { initial: initial.read(from) }
    case Field.Script:
      return { script: script.read(from) }
    case Field.View:
      return { view: view.read(from) }
    default:
      throw new Unreadable('newer')
  }
}
