import { section5Defaults } from '../simulation/settings.ts'
import { differences } from './differences.ts'
import { ENGINE, type Scenario } from './scenario.ts'
import { type Checked, validate } from './validate.ts'

export const FILE_EXTENSION = '.whitewater.json'
/** Rises when old programs could not read new files. */
const FILE_VERSION = 1
/** In bytes or characters. The longest scenario that is allowed is well below this. */
export const LONGEST_FILE = 4_000_000

/** The scenario as a text file: settings only where they differ from the defaults, one line for each of the script. */
export function toFile(scenario: Scenario): string {
  const { engine, name, seed, servers, settings, initial, script, view } = scenario
  const lines = [
    `"whitewater": ${FILE_VERSION}`,
    field('engine', engine),
    field('name', name),
    field('seed', seed),
    field('servers', servers),
    field('settings', differences(section5Defaults, settings)),
    ...(initial === null ? [] : [list('initial', initial)]),
    list('script', script),
    field('view', view),
  ]
  return `{\n  ${lines.join(',\n  ')}\n}\n`
}

/** Reads a file; whatever is left out but the seed has its usual value. */
export function fromFile(text: string): Checked {
  if (text.length > LONGEST_FILE) return no('This file is too long for a scenario.')
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return no('This file is not a scenario: it is not JSON.')
  }
  if (!isRecord(given) || typeof given['whitewater'] !== 'number')
    return no('This file is not a scenario: its first field should be "whitewater": 1.')
  const { whitewater, ...fields } = given
  if (whitewater > FILE_VERSION || Number(fields['engine'] ?? 0) > ENGINE)
    return no('This file was made by a newer version of the program. Reload the page to get it.')
  if (whitewater !== FILE_VERSION)
    return no('This file is not a scenario: its first field should be "whitewater": 1.')
  return validate(completed(fields))
}

function completed(fields: Readonly<Record<string, unknown>>): unknown {
  const { settings = {}, view = {}, script = [] } = fields
  const usualView = { at: 0, skip: null, selection: null, slowdown: null }
  return {
    engine: ENGINE,
    name: '',
    servers: 5,
    initial: null,
    ...fields,
    settings: isRecord(settings) ? { ...section5Defaults, ...settings } : settings,
    view: isRecord(view) ? { ...usualView, ...view } : view,
    script: Array.isArray(script) ? script.map(withSkip) : script,
  }
}

const withSkip = (item: unknown): unknown => (isRecord(item) ? { skip: 0, ...item } : item)

const field = (name: string, value: unknown): string => `"${name}": ${oneLine(value)}`

function list(name: string, items: readonly unknown[]): string {
  if (items.length === 0) return `"${name}": []`
  return `"${name}": [\n    ${items.map(oneLine).join(',\n    ')}\n  ]`
}

/** JSON with a space where people put one. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${oneLine(inner)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const no = (sentence: string): Checked => ({ ok: false, sentence })
