/** Words and numbers as the page writes them: simulated time in ms, with thin spaces between thousands. */

/** 1842600 µs as "1 842.6"; the unit is written by whoever shows it. */
export function msText(micros: number): string {
  const [whole = '', tenths = '0'] = (Math.floor(micros / 100) / 10).toFixed(1).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')}.${tenths}`
}

/** 80000 µs as "80 ms", 1500 µs as "1.5 ms". */
export function durationText(micros: number): string {
  const ms = micros / 1000
  return `${Number.isInteger(ms) ? ms : ms.toFixed(1)} ms`
}

/** Simulated time against real time: 1/50×, or 1×. */
export const speedText = (slowdown: number): string => (slowdown === 1 ? '1×' : `1/${slowdown}×`)

/** How many, as 412,000. */
export const grouped = (n: number): string => n.toLocaleString('en')

export const serverName = (id: number): string => `S${id}`

/** The colour of a term, as a CSS value. Six hues, then they repeat; the number is always written too. */
export const termColor = (term: number): string =>
  term === 0 ? 'var(--edge)' : `var(--term-${((term - 1) % 6) + 1})`
