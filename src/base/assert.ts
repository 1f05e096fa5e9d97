/** Stops the program where the programmer was wrong. Never for input that a person can cause. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`)
}

/** Ends every `switch` over a discriminated union: a new kind that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`)
}
