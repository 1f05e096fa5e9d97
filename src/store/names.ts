/** The longest name that links and files can hold. */
export const LONGEST_NAME = 80

/** What a scenario without a name is called. */
export const titleOf = (name: string): string => (name === '' ? 'Unnamed' : name)

/** What somebody typed, as a name that links and files can hold. */
export const cleanName = (text: string): string =>
  text
    .slice(0, LONGEST_NAME)
    // Control characters, halves of characters, line ends, and marks that turn the text around them.
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** `Log repair, part 2` as `log-repair-part-2`. */
export function fileName(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? ['scenario']
  return words.join('-')
}
