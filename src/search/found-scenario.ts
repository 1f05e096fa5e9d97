import type { Micros } from '../base/ids.ts'
import { encodeLink } from '../scenario/link.ts'
import { ENGINE, type Scenario, SLOWDOWNS } from '../scenario/scenario.ts'
import { History } from '../simulation/history.ts'
import { stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { type Caption, captionsOf } from './chain.ts'
import { endingOf } from './endings.ts'
import type { Broken } from './finding.ts'

/** What a search found, to be opened: a scenario like any other, and how it came about. */
export interface FoundScenario {
  readonly scenario: Scenario
  readonly captions: readonly Caption[]
}

/** How long, in µs of real time, it may take to watch. */
const LONGEST = 20_000_000

/** So slow that it takes about ten to twenty seconds to watch. */
const slowdownFor = (at: Micros): number => SLOWDOWNS.findLast((slowdown) => at * slowdown <= LONGEST) ?? 1

/** `title` says which rule is broken; empty where none is. */
export function foundScenario(broken: Broken, title: string): FoundScenario {
  const { setup, finding } = broken
  const { at, servers } = finding
  const server = servers[0]
  const view = {
    at,
    skip: worldAtEnd(broken).eventsNow,
    selection: server === undefined ? null : ({ kind: 'server', server } as const),
    slowdown: slowdownFor(at),
  }
  const { seed, servers: size, settings, initial, script } = setup
  const name = nameOf(title, endingOf(finding))
  const scenario = { engine: ENGINE, name, seed, servers: size, settings, initial, script, view }
  return { scenario, captions: captionsOf(new History(setup, () => NOBODY), finding) }
}

/** The part of a link from `#` on. */
export const linkOf = (broken: Broken, { scenario }: FoundScenario): Promise<string> =>
  encodeLink(scenario, stateHash(worldAtEnd(broken)))

function worldAtEnd({ setup, finding }: Broken): World {
  const world = new World(setup)
  while (world.events <= finding.event && world.advance());
  return world
}

/** It has been judged already. */
const NOBODY = { atStart: null, after: () => null, mark: () => null, backTo: () => {} }

/** The scenario's name: what was done, and what came of it. */
export function nameOf(title: string, ending: string): string {
  const name = title === '' ? ending : `${title}: ${ending}`
  return name.charAt(0).toUpperCase() + name.slice(1)
}
