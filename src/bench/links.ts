import { micros, millis, serverId } from '../base/ids.ts'
import { drawBetween, Purpose } from '../base/random.ts'
import { LIBRARY } from '../scenario/library.ts'
import { encodeLink } from '../scenario/link.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { validate } from '../scenario/validate.ts'
import type { Intervention, ScriptItem } from '../simulation/script.ts'
import { steady } from './clusters.ts'
import { atMost, type Figure } from './figures.ts'

const SEED = 1
const MANY = 50
/** Any hash: its length is that of a real one. */
const STATE_HASH = 0x9e3779b1

/** How long links are, from `#` on. */
export async function measureLinks(): Promise<Figure[]> {
  const built = await Promise.all(LIBRARY.map(async ({ id, scenario }) => figure(id, scenario, 300)))
  return [...built, await figure(`${MANY} interventions`, mixed(), 500)]
}

async function figure(name: string, scenario: Scenario, most: number): Promise<Figure> {
  const { length } = await encodeLink(scenario, STATE_HASH)
  const note = `${scenario.script.length} interventions`
  return { section: 'links', name, measured: length, unit: 'characters', target: atMost(most), note }
}

/** What somebody might do in a minute of playing about, at no round times. */
function mixed(): Scenario {
  const script: ScriptItem[] = []
  let at = 0
  for (let i = 0; i < MANY; i++) {
    at += number(i, 0, 20_000, 400_000)
    script.push({ at: micros(at), skip: 0, act: act(i) })
  }
  const view = { ...steady.view, at: micros(at + 50_000) }
  const checked = validate({ ...steady, name: 'Fifty things at once', script, view })
  if (!checked.ok) throw new Error(checked.sentence)
  return checked.scenario
}

const number = (i: number, use: number, low: number, high: number): number =>
  drawBetween(SEED, Purpose.ClientChoice, use, i, low, high)

function act(i: number): Intervention {
  const server = serverId(number(i, 1, 1, 5))
  const other = serverId((server % 5) + 1)
  const message = { from: server, to: other, n: number(i, 2, 1, 900), copy: 0 }
  const key = 'xyz'.charAt(i % 3)
  const acts: readonly Intervention[] = [
    { kind: 'Crash', server },
    { kind: 'Restart', server },
    { kind: 'TimeOut', server },
    { kind: 'Pause', server },
    { kind: 'Resume', server },
    { kind: 'Isolate', server },
    { kind: 'Heal' },
    { kind: 'Partition', groups: [[server, other]] },
    { kind: 'Cut', from: server, to: other },
    { kind: 'Command', server: null, command: { kind: 'Put', key, value: String(i) } },
    { kind: 'Command', server, command: { kind: 'Get', key } },
    { kind: 'Drop', message },
    { kind: 'Delay', message, by: millis(30) },
    { kind: 'Duplicate', message },
    { kind: 'Change', settings: { loss: 50_000 } },
    { kind: 'SetClock', server, rate: 900 },
  ]
  return acts[number(i, 3, 0, acts.length - 1)] as Intervention
}
