import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Micros } from '../base/ids.ts'
import { fromFile } from '../scenario/file.ts'
import { LIBRARY } from '../scenario/library.ts'
import { decodeLink, encodeLink, replaysDifferently } from '../scenario/link.ts'
import { runTo } from '../scenario/position.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Fact } from '../simulation/facts.ts'
import { stateHash } from '../simulation/state-hash.ts'
import type { Happening } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import { plain } from '../words/sentence.ts'
import { tell } from '../words/tell.ts'

const USAGE = `Usage: npm run sim -- WHAT [--until MS] [--all] [--json] [--link]
  WHAT     a scenario file, a link (or its part from # on), or one of: ${LIBRARY.map(({ id }) => id).join(', ')}
  --until  how far to run, in simulated milliseconds; a second past the scenario's view if not given
  --all    heartbeats and other small things as well
  --json   one JSON object per event
  --link   print a link to the scenario instead`

interface Opened {
  readonly scenario: Scenario
  /** What the link says the state at the view's position hashes to. */
  readonly expected: number | null
}

interface Recorded {
  readonly event: number
  readonly at: Micros
  readonly cause: number
  readonly what: Happening
  readonly facts: Fact[]
}

/** A mistake in how the tool is used, as a sentence. */
class Mistake extends Error {}

async function open(what: string): Promise<Opened> {
  const built = LIBRARY.find(({ id }) => id === what)
  if (built !== undefined) return { scenario: built.scenario, expected: null }
  const fragment = /#w.*$/s.exec(what)?.[0] ?? (/^w\d+\./.test(what) ? what : null)
  if (fragment !== null && !existsSync(what)) {
    const decoded = await decodeLink(fragment)
    if (!decoded.ok) throw new Mistake(decoded.sentence)
    return { scenario: decoded.scenario, expected: decoded.stateHash }
  }
  const read = fromFile(textOf(what))
  if (!read.ok) throw new Mistake(`${what}: ${read.sentence}`)
  return { scenario: read.scenario, expected: null }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Mistake(`There is no file ${path} that can be read, and no built-in scenario of that name.`)
  }
}

/** The hash at the scenario's view. */
function hashAtView(scenario: Scenario): number {
  const world = new World(scenario)
  runTo(world, scenario.view.at, scenario.view.skip)
  return stateHash(world)
}

function run(scenario: Scenario, until: Micros, see: (event: Recorded) => void): World {
  const world = new World(scenario)
  let current: Recorded | null = null
  world.trace = {
    event(event, at, cause, what) {
      if (current !== null) see(current)
      current = { event, at, cause, what, facts: [] }
    },
    fact: (fact) => current?.facts.push(fact),
    sent() {},
    ended() {},
    redirected() {},
  }
  runTo(world, until, null)
  if (current !== null) see(current)
  return world
}

const asJson = ({ what, facts, ...rest }: Recorded): string =>
  JSON.stringify({ ...rest, ...flatten(what), facts })

/** A message in flight is told by its name; everything else as it is. */
function flatten(what: Happening): object {
  if (what.kind === 'Arrival' || what.kind === 'Loss') {
    const { name, message, sentAt } = what.flight
    return { kind: what.kind, name, message, sentAt }
  }
  return what.kind === 'Act' ? { kind: 'Act', act: what.item.act } : what
}

function asText({ at, facts }: Recorded, all: boolean): string[] {
  const shown = facts.map(tell).filter(({ weight }) => all || weight !== 'quiet')
  const time = (at / 1000).toFixed(3).padStart(10)
  return shown.map((sentence) => `${time}  ${sentence.who.padEnd(2)}  ${wordsOf(sentence)}`)
}

function wordsOf(sentence: ReturnType<typeof tell>): string {
  const words = plain({ ...sentence, who: '', rule: null })
  return sentence.rule === null ? words : `${words}  ${sentence.rule}`
}

const hex = (hash: number): string => hash.toString(16).padStart(8, '0')

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args)
  const [what] = positionals
  if (what === undefined || positionals.length !== 1) throw new Mistake(USAGE)
  const { scenario, expected } = await open(what)
  const hash = hashAtView(scenario)
  if (expected !== null && expected !== hash) console.error(replaysDifferently(scenario.view.at))
  if (values.link) return console.log(await encodeLink(scenario, hash))
  const until = untilOf(values.until, scenario)
  const world = run(scenario, until, (event) => {
    if (values.json) console.log(asJson(event))
    else for (const line of asText(event, values.all)) console.log(line)
  })
  const end = hex(stateHash(world))
  if (values.json) console.log(JSON.stringify({ hash: end }))
  else console.log(`${(until / 1000).toFixed(3).padStart(10)}  ${world.events} events, state hash ${end}`)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        until: { type: 'string' },
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        link: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new Mistake(error instanceof Error ? error.message : String(error))
  }
}

function untilOf(given: string | undefined, { view }: Scenario): Micros {
  if (given === undefined) return Math.max(view.at + 1_000_000, 2_000_000) as Micros
  const until = Number(given)
  if (given.trim() === '' || !(until >= 0 && until <= 1_000_000_000))
    throw new Mistake(`--until needs a time in milliseconds, not "${given}".`)
  return Math.round(until * 1000) as Micros
}

process.stdout.on('error', () => process.exit(0)) // whoever read the output has seen enough
main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Mistake)) throw error
  console.error(error.message)
  process.exitCode = 2
})
