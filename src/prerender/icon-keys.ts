import type { Plugin } from 'vite'

/**
 * Takes the random keys off the strokes of Lucide's icons. React asks for keys in development alone, and as they cannot
 * be compressed they make up a good part of the icons.
 */
export const withoutIconKeys = (): Plugin => ({
  name: 'whitewater-without-icon-keys',
  apply: 'build',
  transform: {
    filter: { id: /lucide-react/ },
    handler: (code) => ({ code: code.replace(/,\s*key: "\w+"/g, ''), map: null }),
  },
})
