import { describe, expect, it } from 'vitest'
import { section5Defaults } from '../simulation/settings.ts'
import { fromFile, toFile } from './file.ts'
import { LIBRARY } from './library.ts'
import type { Scenario } from './scenario.ts'

describe('a scenario file', () => {
  it.each(LIBRARY.map(({ id, scenario }) => [id, scenario] as const))(
    '%s is read as it was written',
    (_, scenario) => {
      expect(fromFile(toFile(scenario))).toEqual({ ok: true, scenario })
    },
  )

  it('names only the settings that were changed, and has a line for each of the script', () => {
    const scenario = LIBRARY.find(({ id }) => id === 'leader-crash')?.scenario as Scenario
    expect(toFile({ ...scenario, settings: { ...section5Defaults, loss: 5 } }).split('\n')).toEqual([
      '{',
      '  "whitewater": 1,',
      '  "engine": 2,',
      '  "name": "The leader crashes",',
      `  "seed": ${scenario.seed},`,
      '  "servers": 5,',
      '  "settings": { "loss": 5 },',
      '  "script": [',
      '    { "at": 10000, "skip": 0, "act": { "kind": "TimeOut", "server": 3 } },',
      '    { "at": 80000, "skip": 0, "act": { "kind": "Command", "server": 3, "command": { "kind": "Put", "key": "x", "value": "1" } } },',
      '    { "at": 250000, "skip": 0, "act": { "kind": "Crash", "server": 3 } },',
      '    { "at": 700000, "skip": 0, "act": { "kind": "Restart", "server": 3 } },',
      '    { "at": 800000, "skip": 0, "act": { "kind": "Command", "server": null, "command": { "kind": "Put", "key": "x", "value": "2" } } }',
      '  ],',
      '  "view": { "at": 245000, "skip": null, "selection": null, "slowdown": 50 }',
      '}',
      '',
    ])
  })

  it('may leave out all that is as usual', () => {
    const read = fromFile('{"whitewater": 1, "seed": 3, "script": [{"at": 5, "act": {"kind": "Heal"}}]}')
    expect(read).toMatchObject({
      ok: true,
      scenario: { seed: 3, servers: 5, settings: section5Defaults, script: [{ at: 5, skip: 0 }] },
    })
  })

  it.each([
    ['', 'This file is not a scenario: it is not JSON.'],
    ['{"whitewater": 1,', 'This file is not a scenario: it is not JSON.'],
    ['[]', 'This file is not a scenario: its first field should be "whitewater": 1.'],
    ['{"seed": 1}', 'This file is not a scenario: its first field should be "whitewater": 1.'],
    [
      '{"whitewater": 0, "seed": 1}',
      'This file is not a scenario: its first field should be "whitewater": 1.',
    ],
    ['{"whitewater": 2}', 'This file was made by a newer version of the program. Reload the page to get it.'],
    [
      '{"whitewater": 1, "engine": 9, "later": true}',
      'This file was made by a newer version of the program. Reload the page to get it.',
    ],
    ['{"whitewater": 1}', 'seed is missing.'],
    ['{"whitewater": 1, "seed": 1, "settings": 5}', 'settings must be an object.'],
    ['{"whitewater": 1, "seed": 1, "script": [5]}', 'Script line 1 must be an object.'],
    ['{"whitewater": 1, "seed": 1, "script": "no"}', 'script must be a list.'],
    ['{"whitewater": 1, "seed": 1, "view": null}', 'view must be an object.'],
  ])('%s: %s', (text, sentence) => {
    expect(fromFile(text)).toEqual({ ok: false, sentence })
  })
})
