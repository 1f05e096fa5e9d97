import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { firstChunk } from './src/prerender/first-chunk.ts'
import { withoutIconKeys } from './src/prerender/icon-keys.ts'
import { prerender } from './src/prerender/plugin.ts'

// `npm run test:long` sets this: it runs the long searches (*.long.ts) instead of the quick tests.
const long = process.env['WHITEWATER_LONG'] === '1'

export default defineConfig({
  base: './', // relative addresses, so the built page works from any folder
  plugins: [react(), withoutIconKeys(), prerender()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    sourcemap: false,
    minify: 'oxc',
    // What a lazy part imports is found once the part is there; to list it all in the first view costs over 1 kB.
    modulePreload: { polyfill: false, resolveDependencies: () => [] },
    rolldownOptions: { output: { codeSplitting: { groups: [{ debugName: 'first', name: firstChunk() }] } } },
  },
  test: {
    environment: 'node',
    include: long ? ['src/**/*.long.ts'] : ['src/**/*.test.{ts,tsx}'],
    testTimeout: long ? 3_600_000 : 20_000,
  },
})
