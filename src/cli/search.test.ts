import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decodeLink } from '../scenario/link.ts'

const RUN = fileURLToPath(new URL('./run.mjs', import.meta.url))

function search(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, 'cli/search', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr: stderr.trim(), lines: stdout.trimEnd().split('\n') }
}

test('a broken rule is found, and told of, and its link is the scenario', async () => {
  const { status, lines } = search('--break', 'count-minority', '--seconds', '5', '--seed', '4')
  expect(status).toBe(0)
  expect(lines[0]).toMatch(/^Found in [\d,]+ scenarios?, [\d,]+ events, [\d,]+ a second, [\d.]+ s\.$/)
  expect(lines[1]).toMatch(/^From \d+ interventions to \d+ in [\d.]+ s\.$/)
  expect(lines[3]).toMatch(/^Count a minority as a majority: /)
  const link = lines.at(-1) ?? ''
  expect(await decodeLink(link)).toMatchObject({ ok: true, scenario: { name: lines[3] } })
  const sim = spawnSync(process.execPath, [RUN, 'cli/sim', link], { encoding: 'utf8' })
  expect([sim.status, sim.stderr]).toEqual([0, ''])
})

test('--json gives one object', () => {
  const { stdout } = search('--break', 'vote-twice', '--property', 'OneVote', '--json')
  const { finding, scenario, captions, link, sizes } = JSON.parse(stdout)
  expect(finding.kind).toBe('OneVote')
  expect(scenario.script).toHaveLength(sizes.after)
  expect(captions.at(-1).event).toBe(finding.event)
  expect(link).toMatch(/^#w[01]\./)
})

test('of a correct cluster it says what was tried', () => {
  const { status, lines } = search('--seconds', '1')
  expect(status).toBe(0)
  expect(lines).toEqual([expect.stringMatching(/^No violation in [\d,]+ scenarios, [\d,]+ events, /)])
})

test.each([
  [['--break', 'physics'], /^There is no rule "physics" to break\. There are: vote-without-comparing, /],
  [['--property', 'Beauty'], /^There is no property "Beauty"\. There are: any, ElectionSafety, /],
  [['--seconds', 'few'], /^--seconds needs a whole number from 1 to 86400, not "few"\.$/],
  [['--seed', '-1'], /--seed/],
  [['--fast'], /--fast[\s\S]*Usage: npm run search/],
])('%j is a mistake', (args, words) => {
  const { status, stdout, stderr } = search(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(words)
})
