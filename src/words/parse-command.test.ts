import { describe, expect, it } from 'vitest'
import { commandWords } from './commands.ts'
import { parseCommand } from './parse-command.ts'

describe('what somebody types', () => {
  it.each([
    ['put x 3', 'put x 3'],
    ['  PUT   x  3 ', 'put x 3'],
    ['set x 3', 'put x 3'],
    ['get x', 'get x'],
    ['delete x', 'delete x'],
    ['del x', 'delete x'],
    ['cas x 3 5', 'cas x 3 5'],
    ['x=3', 'put x 3'],
    ['x = 3', 'put x 3'],
    ['x<-3', 'put x 3'],
    ['x <- 3', 'put x 3'],
    ['x←3', 'put x 3'],
    ['x=-3', 'put x -3'],
    ['get=3', 'put get 3'],
    ['put größe 3,5', 'put größe 3,5'],
    ['put 0123456789abcdef **', 'put 0123456789abcdef **'],
    ['put 😀😀😀😀😀😀😀😀 1', 'put 😀😀😀😀😀😀😀😀 1'],
  ])('%s', (text, words) => {
    const parsed = parseCommand(text)
    expect(parsed.ok && commandWords(parsed.command)).toBe(words)
  })

  it.each([
    ['', 'Type a command, such as put x 3.'],
    ['   ', 'Type a command, such as put x 3.'],
    ['push x', 'There is no command “push”. Try put x 3, get x, delete x or cas x 3 5.'],
    ['=3', 'There is no command “=3”. Try put x 3, get x, delete x or cas x 3 5.'],
    ['x=', 'There is no command “x=”. Try put x 3, get x, delete x or cas x 3 5.'],
    ['put x', 'put takes a key and a value, as in put x 3.'],
    ['put x 3 4', 'put takes a key and a value, as in put x 3.'],
    ['get', 'get takes one key, as in get x.'],
    ['delete', 'delete takes one key, as in delete x.'],
    ['cas x 3', 'cas takes a key, the value expected and the new value, as in cas x 3 5.'],
    ['put 0123456789abcdefg 1', '“0123456789abcdefg” has more than 16 characters.'],
    ['x=0123456789abcdefg', '“0123456789abcdefg” has more than 16 characters.'],
    ['put a\u0007b 1', '“a\u0007b” has a character that does not show.'],
    ['put a\u200bb 1', '“a\u200bb” has a character that does not show.'],
  ])('%j is refused with a sentence', (text, sentence) => {
    expect(parseCommand(text)).toEqual({ ok: false, sentence })
  })
})
