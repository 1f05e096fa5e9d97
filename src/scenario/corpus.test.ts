import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { decodeLink } from './link.ts'
import { runTo } from './position.ts'
import { ENGINE } from './scenario.ts'

/**
 * Links that are out in the world, one in a file; `npm run sim -- figure-8 --link` prints one. They must open for
 * ever, and play as they did when they were made for as long as ENGINE is the same. A link here is never changed: a
 * new format, or a new engine, adds new ones.
 */
const CORPUS = new URL('./corpus/', import.meta.url)
const names = readdirSync(CORPUS).filter((name) => name.endsWith('.txt'))

describe('old links', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(30)
  })

  it.each(names)('%s opens and plays as it did', async (name) => {
    const opened = await decodeLink(readFileSync(new URL(name, CORPUS), 'utf8').trim())
    if (!opened.ok) throw new Error(opened.sentence)
    const { scenario } = opened
    const world = new World(scenario)
    runTo(world, scenario.view.at, scenario.view.skip)
    expect(scenario.engine).toBeLessThanOrEqual(ENGINE)
    if (scenario.engine === ENGINE) expect(stateHash(world)).toBe(opened.stateHash)
  })
})
