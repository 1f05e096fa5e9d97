import { sayMissing } from './state.ts'

/** A part of the program that is loaded when it is wanted; if it does not come, that is said, and it is `null`. */
export async function loaded<T>(part: Promise<T>): Promise<T | null> {
  try {
    return await part
  } catch {
    sayMissing()
    return null
  }
}
