import { expect, test } from 'vitest'
import { defaultSettings } from '../simulation/settings.ts'
import type { Trace } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import { Search } from './search.ts'

const settings = { ...defaultSettings, sessions: true, reads: 'local' } as const

test.each([156, 214, 285])(
  'a wrong answer is held against the server that gave it, not the one asked last: seed %i',
  (seed) => {
    const search = new Search({ settings, wanted: ['Linearizability'], seed })
    const { found } = search.step(2000)
    if (found === null) throw new Error('with local reads there is one')
    const { setup, finding } = found
    const world = new World(setup)
    const answers: number[] = []
    const ignore = () => {}
    const fact: Trace['fact'] = (it) => {
      if (it.kind === 'ClientAnswered' && world.event === finding.event) answers.push(it.server)
    }
    world.trace = { fact, event: ignore, sent: ignore, ended: ignore, redirected: ignore }
    while (world.events <= finding.event) world.advance()
    expect(answers).toEqual(finding.servers)
  },
)
