import { expect, it } from 'vitest'
import { BREAKABLE_RULES } from '../raft/settings.ts'
import type { Fact } from '../simulation/facts.ts'
import { weightOf } from '../simulation/notable.ts'
import { plain } from './sentence.ts'
import { changeText } from './settings.ts'
import { tell } from './tell.ts'

const told = (broken: string, rule: string) => ({ kind: 'RuleBroken', server: 2, rule, broken }) as Fact

it('a broken rule is told with the section that forbids it', () => {
  expect(plain(tell(told('voteTwice', '§5.2')))).toBe(
    'S2 breaks a rule: it votes a second time in this term. §5.2',
  )
})

it.each(BREAKABLE_RULES)('%s has a sentence of its own, and is worth a stop', (broken) => {
  const sentence = tell(told(broken, '§5.3'))
  expect(sentence.weight).toBe('beat')
  expect(weightOf(told(broken, '§5.3'))).toBe('beat')
  const same = BREAKABLE_RULES.filter((other) => plain(tell(told(other, '§5.3'))) === plain(sentence))
  expect(same).toEqual([broken])
})

it('an entry of an earlier term that is committed is not said to be of its own', () => {
  const fact = {
    kind: 'Committed',
    server: 1,
    rule: '§5.4.2',
    first: 2,
    last: 3,
    storedOn: [1, 2],
    earlier: 2,
  }
  expect(plain(tell(fact as Fact))).toBe('S1 committed 2–3: 3 is stored on S1, S2. §5.4.2')
})

it('entries that are erased without a conflict are said to be (§5.3)', () => {
  const fact = {
    kind: 'EntriesErased',
    server: 1,
    rule: '§5.3',
    leader: 2,
    first: 4,
    last: 5,
    mine: 2,
    theirs: null,
  }
  expect(plain(tell(fact as Fact))).toBe('S1 erased 4–5: S2’s message ends before. §5.3')
})

it('a change of rules names them as the code does', () => {
  expect(changeText({ commitOldTerms: true, voteTwice: false })).toBe('commit old terms on, vote twice off')
})
