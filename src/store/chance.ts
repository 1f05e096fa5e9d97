/** A seed nobody chose, 0 to 2³² − 1. */
export const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/** A name that nothing else has. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join('')
