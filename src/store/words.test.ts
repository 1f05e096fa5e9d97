import { expect, test, vi } from 'vitest'
import { serverId } from '../base/ids.ts'
import type { Fact } from '../simulation/facts.ts'
import { plain } from '../words/sentence.ts'
import type { Frame } from '../worker/protocol.ts'

const added: Fact = { kind: 'ServerAdded', server: serverId(6) }
const held: Fact = { kind: 'MessageHeld', from: serverId(1), to: serverId(4), message: 'RequestVote' }

const crash = { kind: 'Act', act: { kind: 'Crash', server: serverId(4) } } as const

const frameOf = (recorded: readonly Fact[], present: readonly Fact[], due: readonly unknown[] = []) =>
  ({
    more: { facts: recorded.map((fact) => ({ fact })) },
    happened: { facts: present },
    upcoming: due,
  }) as unknown as Frame

test.each([
  ['among the records', frameOf([held, added], [])],
  ['at the present event', frameOf([], [added])],
])('a frame that goes beyond a plain cluster comes with the words for it: %s', async (_, frame) => {
  vi.resetModules()
  const { inWords, tell } = await import('./words.ts')
  const plainFrame = frameOf([held], [])
  expect(await inWords(plainFrame)).toBe(plainFrame)
  expect(plain(tell(held))).toContain('S1’s vote request to S4')
  expect(plain(tell(added))).toContain('could not load the words')
  expect(await inWords(frame)).toBe(frame)
  expect(plain(tell(added))).toContain('S6 was started')
})

test('what a script holds is foretold, too', async () => {
  vi.resetModules()
  const { inWords, foretell } = await import('./words.ts')
  expect(plain(foretell(crash))).toContain('could not load the words')
  await inWords(frameOf([], [], [{ kind: 'Act', at: 0, cause: -1, index: 0 }]))
  expect(plain(foretell(crash))).toContain('S4 crashes')
})

test('where they do not come, that is said, and the frame is shown all the same', async () => {
  vi.resetModules()
  vi.doMock('../words/tell-later.ts', () => {
    throw new Error('offline')
  })
  const state = await import('./state.ts')
  const { inWords, tell } = await import('./words.ts')
  const frame = frameOf([added], [])
  expect(await inWords(frame)).toBe(frame)
  expect(state.app.getState().notice?.text).toContain('could not be loaded')
  expect(plain(tell(added))).toBe('Something happened that this page could not load the words for.')
  vi.doUnmock('../words/tell-later.ts')
})
