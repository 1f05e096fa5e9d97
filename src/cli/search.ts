import { type ParseArgsConfig, parseArgs } from 'node:util'
import { BREAKAGES, type Breakage, breakageNamed, settingsWith, shownBy } from '../search/breakages.ts'
import { endingOf, FOUND_KINDS } from '../search/endings.ts'
import type { Broken, FoundKind } from '../search/finding.ts'
import { foundScenario, linkOf } from '../search/found-scenario.ts'
import { type Progress, Search } from '../search/search.ts'
import { shrunk } from '../search/shrink.ts'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { tellViolation } from '../words/safety.ts'
import { plain } from '../words/sentence.ts'

const USAGE = `Usage: npm run search -- [--break NAME]… [--property NAME] [--seconds N] [--seed N] [--json]
  --break     what to do against the rules; may be given several times; without it, the cluster is correct:
              ${BREAKAGES.map(({ name }) => name).join(', ')}
  --property  what shall go wrong; otherwise what shows the broken rule best, or anything:
              any, ${FOUND_KINDS.join(', ')}
  --seconds   how long to search; 10 if not given
  --seed      which scenarios to try; 1 if not given
  --json      one JSON object`

/** How many scenarios are tried between two looks at the clock. */
const STEP = 50

/** Without sessions, clients are promised less than there is to look for (D 6.3). */
const CORRECT: Settings = { ...defaultSettings, sessions: true }

/** A mistake in how the tool is used, as a sentence. */
class Mistake extends Error {}

interface Asked {
  readonly breakages: readonly Breakage[]
  readonly settings: Settings
  readonly wanted: readonly FoundKind[] | null
  readonly seconds: number
  readonly seed: number
  readonly json: boolean
}

function asked(args: readonly string[]): Asked {
  const values = parse(args)
  const breakages = values.break.map(breakage)
  return {
    breakages,
    settings: breakages.length === 0 ? CORRECT : settingsWith(breakages),
    wanted: wantedOf(values.property, breakages),
    seconds: number('--seconds', values.seconds, 1, 86_400),
    seed: number('--seed', values.seed, 0, 4_294_967_295),
    json: values.json,
  }
}

function parse(args: readonly string[]) {
  try {
    const options = {
      break: { type: 'string', multiple: true, default: [] },
      property: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    } satisfies ParseArgsConfig['options']
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new Mistake(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

function breakage(name: string): Breakage {
  const found = breakageNamed(name)
  if (found !== undefined) return found
  const known = BREAKAGES.map((one) => one.name).join(', ')
  throw new Mistake(`There is no rule "${name}" to break. There are: ${known}.`)
}

function wantedOf(name: string | undefined, breakages: readonly Breakage[]): readonly FoundKind[] | null {
  if (name === 'any') return null
  if (name !== undefined) {
    const kind = FOUND_KINDS.find((one) => one === name)
    if (kind !== undefined) return [kind]
    throw new Mistake(`There is no property "${name}". There are: any, ${FOUND_KINDS.join(', ')}.`)
  }
  return shownBy(breakages)
}

function number(option: string, given: string, least: number, most: number): number {
  const value = Number(given)
  if (given.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new Mistake(`${option} needs a whole number from ${least} to ${most}, not "${given}".`)
}

/** Searches until something is found or the time is over. */
function searchFor({ settings, wanted, seed, seconds, breakages }: Asked) {
  const beyond = breakages.flatMap((one) => one.beyond)
  const search = new Search({ settings, wanted, seed, beyond })
  const start = performance.now()
  const took = () => (performance.now() - start) / 1000
  let progress = search.step(STEP)
  while (progress.found === null && took() < seconds) progress = search.step(STEP)
  return { progress, took: took() }
}

const count = (n: number): string => Math.round(n).toLocaleString('en')

const tried = ({ scenarios, events }: Progress, took: number): string =>
  `${count(scenarios)} ${scenarios === 1 ? 'scenario' : 'scenarios'}, ${count(events)} events, ${count(scenarios / took)} a second, ${took.toFixed(1)} s`

/** Two sentences about what went wrong, where there are any. */
function verdict({ finding }: Broken): string[] {
  if (finding.violation !== null) return [...tellViolation(finding.violation)]
  const ending = endingOf(finding)
  return [`${ending.charAt(0).toUpperCase()}${ending.slice(1)}.`]
}

const time = (at: number): string => (at / 1000).toFixed(3).padStart(10)

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const what = asked(args)
  const { progress, took } = searchFor(what)
  const { found, scenarios, events } = progress
  if (found === null) {
    if (what.json) console.log(JSON.stringify({ scenarios, events, seconds: took, found: null }))
    else console.log(`No violation in ${tried(progress, took)}. That is no proof.`)
    return
  }
  const start = performance.now()
  const small = shrunk(found, { settings: what.settings })
  const shrinking = (performance.now() - start) / 1000
  const title = what.breakages.map((one) => one.title).join(', ')
  const opened = foundScenario(small, what.breakages.length === 1 ? title : '')
  const link = await linkOf(small, opened)
  const [before, after] = [found.setup.script.length, small.setup.script.length]
  if (what.json) {
    const { scenario, captions } = opened
    const told = captions.map(({ event, at, sentences }) => ({ event, at, sentences: sentences.map(plain) }))
    const { finding } = small
    const sizes = { before, after, seconds: shrinking }
    console.log(
      JSON.stringify({ scenarios, events, seconds: took, sizes, finding, captions: told, scenario, link }),
    )
    return
  }
  console.log(`Found in ${tried(progress, took)}.`)
  console.log(`From ${before} interventions to ${after} in ${shrinking.toFixed(2)} s.\n`)
  console.log(opened.scenario.name)
  for (const { at, sentences } of opened.captions)
    for (const sentence of sentences) console.log(`${time(at)}  ${plain(sentence)}`)
  console.log(`${time(small.finding.at)}  ${verdict(small).join(' ')}\n`)
  console.log(link)
}

process.stdout.on('error', () => process.exit(0)) // whoever read the output has seen enough
main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Mistake)) throw error
  console.error(error.message)
  process.exitCode = 2
})
