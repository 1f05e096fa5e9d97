import type { Command } from '../raft/commands.ts'

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly sentence: string }

const MOST_CHARACTERS = 16
/** Letters, digits, punctuation and signs: everything that shows, but no space. */
const WORD = /^[\p{L}\p{N}\p{P}\p{S}]+$/u
const ARROW = /^([^=←\s]+?)\s*(?:=|<-|←)\s*(\S+)$/u

/** Reads what somebody typed into the command box. */
export function parseCommand(text: string): Parsed {
  const [verb = '', ...words] = text.trim().split(/\s+/)
  switch (verb.toLowerCase()) {
    case '':
      return no('Type a command, such as put x 3.')
    case 'put':
    case 'set':
      return withWords(words, 2, 'put takes a key and a value, as in put x 3.', ([key, value]) => ({
        kind: 'Put',
        key,
        value,
      }))
    case 'get':
      return withWords(words, 1, 'get takes one key, as in get x.', ([key]) => ({ kind: 'Get', key }))
    case 'del':
    case 'delete':
      return withWords(words, 1, 'delete takes one key, as in delete x.', ([key]) => ({
        kind: 'Delete',
        key,
      }))
    case 'cas':
      return withWords(
        words,
        3,
        'cas takes a key, the value expected and the new value, as in cas x 3 5.',
        ([key, expected, value]) => ({ kind: 'CompareAndSet', key, expected, value }),
      )
    default:
      return withArrow(text.trim(), verb)
  }
}

function withArrow(text: string, verb: string): Parsed {
  const [, key = '', value = ''] = ARROW.exec(text) ?? []
  if (key === '') return no(`There is no command “${verb}”. Try put x 3, get x, delete x or cas x 3 5.`)
  return withWords([key, value], 2, '', ([k, v]) => ({ kind: 'Put', key: k, value: v }))
}

type Words = readonly [string, string, string]

function withWords(
  words: readonly string[],
  count: number,
  usage: string,
  make: (words: Words) => Command,
): Parsed {
  if (words.length !== count) return no(usage)
  for (const word of words) {
    if ([...word].length > MOST_CHARACTERS)
      return no(`“${word}” has more than ${MOST_CHARACTERS} characters.`)
    if (!WORD.test(word)) return no(`“${word}” has a character that does not show.`)
  }
  const [first = '', second = '', third = ''] = words
  return { ok: true, command: make([first, second, third]) }
}

const no = (sentence: string): Parsed => ({ ok: false, sentence })
