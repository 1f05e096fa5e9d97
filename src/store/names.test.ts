import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fresh } from '../scenario/fresh.ts'
import { validate } from '../scenario/validate.ts'
import { cleanName, fileName, titleOf } from './names.ts'

test('whatever is typed becomes a name that links and files hold', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 200 })
  const odd = fc.constantFrom('\u202e', '\u2028', '\n', '\0', '\ud83d', '👩‍👩‍👧', ' ')
  fc.assert(
    fc.property(fc.array(fc.oneof(anything, odd)), (parts) => {
      expect(validate({ ...fresh, name: cleanName(parts.join('')) })).toMatchObject({ ok: true })
    }),
  )
})

test('a name that is fine stays as it is', () => {
  expect(cleanName('Log repair: “S5” – naïve 👩‍👩‍👧')).toBe('Log repair: “S5” – naïve 👩‍👩‍👧')
})

test.for([
  ['Log repair, part 2', 'log-repair-part-2'],
  ['../../etc/passwd', 'etc-passwd'],
  ['Éléction à cinq', 'éléction-à-cinq'],
  ['', 'scenario'],
  ['…', 'scenario'],
])('%j is saved as %j', ([name = '', file]) => {
  expect(fileName(name)).toBe(file)
})

test('without a name it is called something', () => {
  expect([titleOf(''), titleOf('Mine')]).toEqual(['Unnamed', 'Mine'])
})
