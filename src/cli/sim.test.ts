import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toFile } from '../scenario/file.ts'
import { fresh } from '../scenario/fresh.ts'
import { encodeLink } from '../scenario/link.ts'

const RUN = fileURLToPath(new URL('./run.mjs', import.meta.url))
let folder = ''
let file = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whitewater-'))
  file = join(folder, 'fresh.whitewater.json')
  writeFileSync(file, toFile(fresh))
})
afterAll(() => rmSync(folder, { recursive: true }))

function sim(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, 'cli/sim', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr: stderr.trim(), lines: stdout.trimEnd().split('\n') }
}

test('a file, a link and a name give the same history', async () => {
  const link = await encodeLink(fresh, null)
  const whole = `https://example.org/raft/${link}`
  const [first, ...others] = ['fresh', file, link, link.slice(1), whole].map((what) =>
    sim(what, '--until', '200'),
  )
  expect(first?.status).toBe(0)
  expect(first?.lines[0]).toMatch(/^ {3}151\.564 {2}S3 {2}became candidate, term 1.*§5\.2$/)
  expect(first?.lines.at(-1)).toMatch(/^ {3}200\.000 {2}\d+ events, state hash [0-9a-f]{8}$/)
  for (const other of others) expect(other.stdout).toBe(first?.stdout)
})

test('--json gives an object for each event, and the same hash', () => {
  const { lines } = sim('fresh', '--until', '200', '--json')
  const objects = lines.map((line) => JSON.parse(line))
  const { hash } = objects.pop()
  expect(objects.map(({ event }) => event)).toEqual(objects.map((_, i) => i))
  expect(objects[0]).toMatchObject({ event: 0, at: 151_564, cause: -1, kind: 'Timer', server: 3 })
  expect(objects[0].facts[0]).toMatchObject({ kind: 'BecameCandidate', server: 3, term: 1 })
  expect(objects[1]).toMatchObject({ cause: 0, kind: 'Arrival', message: { kind: 'RequestVote' } })
  expect(sim('fresh', '--until', '200').lines.at(-1)).toContain(`state hash ${hash}`)
})

test('--all tells more, and two seconds is the least it runs', () => {
  const usual = sim('fresh')
  const all = sim('fresh', '--all')
  expect(all.lines.length).toBeGreaterThan(usual.lines.length)
  expect(usual.lines.at(-1)).toMatch(/^ {2}2000\.000/)
})

test('--link prints a link that replays the same here, and another hash is told of', async () => {
  const { stdout } = sim(file, '--link')
  expect(stdout).toMatch(/^#w[01]\.[\w-]+\n$/)
  expect(sim(stdout.trim(), '--until', '10').stderr).toBe('')
  const odd = sim(await encodeLink(fresh, 1), '--until', '10')
  expect([odd.status, odd.stderr]).toEqual([
    0,
    expect.stringMatching(/^This scenario replays differently here/),
  ])
})

test.each([
  [[], /^Usage: npm run sim/],
  [['fresh', 'fresh'], /^Usage: npm run sim/],
  [
    ['no-such-thing'],
    /^There is no file no-such-thing that can be read, and no built-in scenario of that name\.$/,
  ],
  [['fresh', '--until', 'soon'], /^--until needs a time in milliseconds, not "soon"\.$/],
  [['fresh', '--fast'], /--fast/],
  [['#w9.AAAA'], /^This link was made by a newer version/],
  [['#w1.'], /^This link was cut short/],
])('%j is a mistake', (args, words) => {
  const { status, stdout, stderr } = sim(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(words)
})
