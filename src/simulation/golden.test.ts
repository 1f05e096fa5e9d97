import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Micros, micros, millis, type ServerId, serverId, term } from '../base/ids.ts'
import { parseCommand } from '../words/parse-command.ts'
import { plain } from '../words/sentence.ts'
import { tell } from '../words/tell.ts'
import { HAND } from './clients.ts'
import type { Fact } from './facts.ts'
import type { InitialServer, Intervention, MessageName, ScriptItem, Setup } from './script.ts'
import { type Settings, section5Defaults } from './settings.ts'
import type { Trace } from './trace.ts'
import { World } from './world.ts'

/*
 * Each file of golden/ is a scenario and what comes of it, in words. `WHITEWATER_GOLDEN=write npx vitest run golden`
 * writes the words anew: read every changed line against the paper before you keep it.
 *
 *   # What it shows.
 *   seed 7; servers 5; heartbeatInterval 60ms
 *   disk S1: term 2, votedFor S1, log 12
 *   > 120ms crash S1
 *   131.402 S5 became candidate, term 3: … §5.2
 *   > until 400ms
 */
const FOLDER = fileURLToPath(new URL('golden/', import.meta.url))
const REWRITE = process.env['WHITEWATER_GOLDEN'] === 'write'

describe('golden traces', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(30)
  })

  it.each(files)('%s', (name) => {
    const given = readFileSync(FOLDER + name, 'utf8')
    const actual = replay(given)
    if (REWRITE) writeFileSync(FOLDER + name, actual)
    else expect(actual).toBe(given)
  })
})

/** The same file with the words that the run gives now. */
function replay(given: string): string {
  const lines = given.split('\n')
  const orders = lines.filter((line) => line.startsWith('> '))
  const head = lines.filter((line) => /^(#|seed |disk )/.test(line))
  const { script, until } = readOrders(orders)
  const told = tellRun({ ...readHead(head), script }, until)
  const body = orders.flatMap((order, i) => [
    ...told.filter(({ acts }) => acts === i).map(({ text }) => text),
    order,
  ])
  return `${[...head, ...body].join('\n')}\n`
}

interface Told {
  /** How many interventions came before it. */
  readonly acts: number
  readonly text: string
}

function tellRun(setup: Setup, until: Micros): Told[] {
  const world = new World(setup)
  const told: Told[] = []
  const fact = (it: Fact) => {
    const sentence = tell(it)
    const text = `${(world.now / 1000).toFixed(3)} ${plain(sentence)}`
    if (sentence.weight !== 'quiet') told.push({ acts: world.scriptDone, text })
  }
  const ignore = () => {}
  world.trace = { fact, event: ignore, sent: ignore, ended: ignore, redirected: ignore } satisfies Trace
  while (world.nextAt() <= until) world.advance()
  return told
}

function readHead(lines: readonly string[]): Omit<Setup, 'script'> {
  const line = lines.find((text) => text.startsWith('seed ')) ?? ''
  const pairs = new Map(line.split('; ').map((pair) => pair.split(' ') as [string, string]))
  const take = (name: string) => {
    const value = Number(pairs.get(name))
    pairs.delete(name)
    return value
  }
  const seed = take('seed')
  const servers = take('servers')
  const settings = { ...section5Defaults, ...readSettings([...pairs]) }
  const disks = lines.filter((text) => text.startsWith('disk ')).map(readDisk)
  const initial = disks.length === 0 ? null : fill(disks, servers)
  return { seed, servers, settings, initial }
}

function readDisk(line: string): { id: ServerId; disk: InitialServer } {
  const match = /^disk S(\d): term (\d+), votedFor (S\d|nobody), log (\d+|empty)$/.exec(line)
  if (match === null) throw new Error(`not a disk: ${line}`)
  const [, id, current, voted, log] = match
  const terms = log === 'empty' ? [] : [...(log ?? '')]
  return {
    id: serverId(Number(id)),
    disk: {
      currentTerm: term(Number(current)),
      votedFor: voted === 'nobody' ? null : serverOf(voted),
      log: terms.map((digit, i) => ({
        term: term(Number(digit)),
        command: { kind: 'Put', key: 'x', value: `${digit}.${i + 1}` },
      })),
    },
  }
}

function fill(disks: readonly { id: ServerId; disk: InitialServer }[], servers: number): InitialServer[] {
  const empty: InitialServer = { currentTerm: term(0), votedFor: null, log: [] }
  return Array.from({ length: servers }, (_, i) => disks.find(({ id }) => id === i + 1)?.disk ?? empty)
}

function readSettings(pairs: readonly (readonly [string, string])[]): Partial<Settings> {
  const settings: Record<string, number | string | boolean> = {}
  for (const [name, value] of pairs) {
    if (!(name in section5Defaults)) throw new Error(`no such setting: ${name}`)
    settings[name] = settingOf(value)
  }
  return settings
}

function settingOf(word: string): number | string | boolean {
  if (word === 'on' || word === 'off') return word === 'on'
  if (word.endsWith('ms')) return time(word)
  return Number.isNaN(Number(word)) ? word : Number(word)
}

function splitOrder(line: string): { at: Micros; words: readonly string[] } {
  const [first = '', ...words] = line.slice(2).split(' ')
  return first === 'until' ? { at: time(words[0]), words: ['until'] } : { at: time(first), words }
}

function readOrders(lines: readonly string[]): { script: ScriptItem[]; until: Micros } {
  const script: ScriptItem[] = []
  for (const line of lines) {
    const { at, words } = splitOrder(line)
    if (words[0] === 'until') return { script, until: at }
    script.push({ at, skip: 0, act: readAct(words) })
  }
  throw new Error('the script must end with: > until …ms')
}

function readAct([verb = '', ...words]: readonly string[]): Intervention {
  const [one, two, three] = words
  switch (verb) {
    case 'crash':
      return { kind: 'Crash', server: serverOf(one) }
    case 'restart':
      return { kind: 'Restart', server: serverOf(one) }
    case 'restart-without':
      return { kind: 'RestartWithout', server: serverOf(two), loses: one === 'vote' ? 'vote' : 'disk' }
    case 'transfer':
      return { kind: 'Transfer', server: serverOf(one), to: serverOf(two) }
    case 'disk':
      return { kind: 'SetDisk', server: serverOf(one), latency: time(two) }
    case 'clock':
      return { kind: 'SetClock', server: serverOf(one), rate: Number(two) }
    case 'members':
      return changeOf(words)
    case 'pause':
      return { kind: 'Pause', server: serverOf(one) }
    case 'resume':
      return { kind: 'Resume', server: serverOf(one) }
    case 'timeout':
      return { kind: 'TimeOut', server: serverOf(one) }
    case 'isolate':
      return { kind: 'Isolate', server: serverOf(one) }
    case 'cut':
      return { kind: 'Cut', from: serverOf(one), to: serverOf(two) }
    case 'mend':
      return { kind: 'Mend', from: serverOf(one), to: serverOf(two) }
    case 'partition': {
      const groups = words.join(' ').split(' | ')
      return { kind: 'Partition', groups: groups.map((group) => group.split(' ').map(serverOf)) }
    }
    case 'heal':
      return { kind: 'Heal' }
    case 'set':
      return { kind: 'Change', settings: readSettings([[one ?? '', two ?? '']]) }
    case 'drop':
      return { kind: 'Drop', message: messageOf(one, two) }
    case 'delay':
      return { kind: 'Delay', message: messageOf(one, two), by: time(three) }
    case 'duplicate':
      return { kind: 'Duplicate', message: messageOf(one, two) }
    default:
      return commandOf([verb, ...words])
  }
}

/** `+S4 -S2`: S4 comes and S2 goes. */
function changeOf(words: readonly string[]): Intervention {
  const those = (sign: string) =>
    words.filter((word) => word.startsWith(sign)).map((word) => serverOf(word.slice(1)))
  return { kind: 'ChangeMembers', add: those('+'), remove: those('-') }
}

/** `put x 3`, or `put x 3 to S4` */
function commandOf(words: readonly string[]): Intervention {
  const to = words.indexOf('to')
  const parsed = parseCommand(words.slice(0, to < 0 ? words.length : to).join(' '))
  if (!parsed.ok) throw new Error(parsed.sentence)
  return { kind: 'Command', server: to < 0 ? null : serverOf(words[to + 1]), command: parsed.command }
}

function serverOf(word: string | undefined): ServerId {
  if (word === undefined || !/^S[1-9]$/.test(word)) throw new Error(`not a server: ${word}`)
  return serverId(Number(word.slice(1)))
}

/** `S1→S2 3`: the third message from S1 to S2. One end may be C1. */
function messageOf(link = '', n = ''): MessageName {
  const [from, to] = link.split('→').map((word) => (word === 'C1' ? HAND : serverOf(word)))
  if (from === undefined || to === undefined) throw new Error(`not a link: ${link}`)
  return { from, to, n: Number(n), copy: 0 }
}

function time(word: string | undefined): Micros {
  const match = /^([\d.]+)ms$/.exec(word ?? '')
  if (match === null) throw new Error(`not a time: ${word}`)
  return micros(millis(Number(match[1])))
}
