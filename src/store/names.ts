import { LONGEST_NAME, UNPRINTABLE } from '../scenario/scenario.ts'

const ALL_UNPRINTABLE = new RegExp(UNPRINTABLE, 'gu')

/** What a scenario without a name is called. */
export const titleOf = (name: string): string => (name === '' ? 'Unnamed' : name)

/** What somebody typed, as a name that links and files can hold. */
export const cleanName = (text: string): string =>
  text.slice(0, LONGEST_NAME).replace(ALL_UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim()

/** `Log repair, part 2` as `log-repair-part-2`. */
export function fileName(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? ['scenario']
  return words.join('-')
}
