/** Something was taken for granted that is not so. */
export class AssertionFailed extends Error {
  readonly assumed: string

  constructor(assumed: string) {
    super(`Assertion failed: ${assumed}`)
    this.assumed = assumed
  }
}

/** Stops the program where the programmer was wrong. Never for input that a person can cause. */
export function assert(condition: boolean, assumed: string): asserts condition {
  if (!condition) throw new AssertionFailed(assumed)
}

/** Ends every `switch` over a discriminated union: a new kind that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`)
}
