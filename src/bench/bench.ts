import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { measureFeatures } from './features.ts'
import { type Figure, isMet, table } from './figures.ts'
import { measureFutures } from './futures.ts'
import { measureLinearizability } from './linearizability.ts'
import { measureLinks } from './links.ts'
import { measureMemory } from './memory.ts'
import { measurePage } from './page.ts'
import { measureSearch } from './search.ts'
import { measureSeek } from './seek.ts'
import { measureSize } from './size.ts'
import { measureSpeed } from './speed.ts'

const USAGE = `Usage: npm run bench -- [SECTION…] [--dist FOLDER] [--out FILE]
  SECTION  headless (speed, features, memory, seek, links), search (search, futures, linearizability), size, page;
           all of them if none is named
  --dist   a built page; without it, one is built aside
  --out    where the figures go as JSON`

const OUT = 'node_modules/.cache/whitewater/bench.json'

type Measure = (dist: string | undefined) => Figure[] | Promise<Figure[]>

const SECTIONS: Readonly<Record<string, readonly Measure[]>> = {
  headless: [measureSpeed, measureFeatures, measureSeek, measureMemory, measureLinks],
  search: [measureSearch, measureFutures, measureLinearizability],
  size: [measureSize],
  page: [measurePage],
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: 'string' }, out: { type: 'string', default: OUT } },
})
const chosen = positionals.length > 0 ? positionals : Object.keys(SECTIONS)
if (chosen.every((name) => Object.hasOwn(SECTIONS, name))) {
  await run(chosen.flatMap((name) => SECTIONS[name] ?? []))
} else {
  console.error(USAGE)
  process.exitCode = 1
}

async function run(measures: readonly Measure[]): Promise<void> {
  const before = loadavg()[0] ?? 0
  const figures: Figure[] = []
  for (const measure of measures) figures.push(...(await measure(values.dist)))
  console.log(table(figures))
  const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? '', node: process.version }
  // A load well above zero before the start means that the figures are worse than the program.
  console.log(
    `\n${machine.cores} cores, ${machine.processor}, Node ${machine.node}; load at the start ${before.toFixed(2)}`,
  )
  const told = figures.map((figure) => ({ ...figure, met: isMet(figure) }))
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, `${JSON.stringify({ machine, loadBefore: before, figures: told }, null, 2)}\n`)
}
