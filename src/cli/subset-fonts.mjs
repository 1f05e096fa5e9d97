// Cuts the two fonts down to the characters the page uses (`npm run fonts`). The results are committed,
// so a build needs neither this script nor its packages.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
// @ts-expect-error it comes without types
import subsetFont from 'subset-font'

const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))
const EXTRA = '←→↑↓§✓✗–—‘’“”×·…▲●≥≤≠µ±½↵∞⌘⇧\u00a0\u2212'

const ARROWS = '←→↑↓✓✗▲●≥≤≠↵∞'

const FONTS = [
  {
    source: 'inter-ui/variable/InterVariable.woff2',
    target: 'inter.woff2',
    characters: ASCII + EXTRA,
    axes: { wght: { min: 400, max: 700 }, opsz: 14 },
    features: ['kern', 'mark', 'mkmk', 'tnum', 'ccmp', 'locl'],
  },
  {
    // No `calt`: ligatures such as `->` or `>=` would redraw what a log entry really says.
    source: '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
    target: 'jetbrains-mono.woff2',
    characters: ASCII + EXTRA,
    axes: { wght: { min: 400, max: 700 } },
    features: ['kern', 'mark', 'ccmp', 'locl', 'zero'],
  },
  {
    // The variable font is published without its arrows; they come from the regular weight.
    source: 'jetbrains-mono/fonts/webfonts/JetBrainsMono-Medium.woff2',
    target: 'jetbrains-mono-arrows.woff2',
    characters: ARROWS,
    axes: undefined,
    features: [],
  },
]

const require = createRequire(import.meta.url)
for (const { source, target, characters, axes, features } of FONTS) {
  const font = await subsetFont(await readFile(require.resolve(source)), characters, {
    targetFormat: 'woff2',
    ...(axes === undefined ? {} : { variationAxes: axes }),
    keepFeatures: features,
    noHinting: true,
  })
  await writeFile(new URL(`../app/fonts/${target}`, import.meta.url), font)
  console.log(`${target}: ${font.length} bytes`)
}
