import { describe, expect, it } from 'vitest'
import type { Setup } from '../simulation/script.ts'
import { stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { CHECKPOINTS, CORPUS, corpusHashes, hashesOf } from './corpus.ts'
import { EXPECTED_HASHES } from './expected-hashes.ts'
import { Watch } from './watch.ts'

const corpus = Object.entries(CORPUS)
const END = CHECKPOINTS.at(-1) as number
/** How often the runs here are hashed, and keyframes taken. */
const EVERY = 500

/** The state's hash after each EVERY events. */
function hashesAlong(world: World): Map<number, number> {
  const hashes = new Map<number, number>()
  while (world.events < END && world.advance())
    if (world.events % EVERY === 0) hashes.set(world.events, stateHash(world))
  return hashes
}

describe('a setup', () => {
  it('has the history that it always had', () => {
    // Where this fails on purpose, ENGINE in scenario.ts rises and the table is written anew.
    expect(corpusHashes()).toEqual(EXPECTED_HASHES)
  })

  it.each(corpus)('has one history: %s', (_, setup) => {
    const first = hashesAlong(new World(setup))
    expect(first.size).toBe(END / EVERY)
    expect(hashesAlong(new World(setup))).toEqual(first)
    expect(hashesOf(setup).at(-1)).toBe(first.get(END))
  })

  it.each(corpus)('gives the same history through JSON: %s', (_, setup) => {
    const copy = JSON.parse(JSON.stringify(setup)) as Setup
    expect(hashesOf(copy)).toEqual(hashesOf(setup))
  })

  it.each(corpus)('has the same history from every keyframe: %s', (_, setup) => {
    const straight = hashesAlong(new World(setup))
    const world = new World(setup)
    const keyframes = [world.snapshot()]
    while (world.events < END && world.advance())
      if (world.events % EVERY === 0) keyframes.push(world.snapshot())
    for (const keyframe of keyframes.reverse()) {
      world.restore(keyframe)
      if (keyframe.events > 0) expect(stateHash(world)).toBe(straight.get(keyframe.events))
      for (const [events, hash] of hashesAlong(world))
        expect([events, hash]).toEqual([events, straight.get(events)])
    }
  })

  it.each(corpus)('keeps all that Raft promises: %s', (_, setup) => {
    const world = new World(setup)
    const watch = new Watch(world)
    expect(watch.atStart).toBeNull()
    while (world.events < END && world.advance()) expect(watch.after(world)).toBeNull()
    expect(world.halted).toBeNull()
  })
})

it('histories of different seeds differ', () => {
  const hashes = [1, 2, 3, 4].map((seed) => hashesOf({ ...(CORPUS['quiet'] as Setup), seed }).at(-1))
  expect(new Set(hashes).size).toBe(4)
})
