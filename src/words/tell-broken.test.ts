import { describe, expect, it } from 'vitest'
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

describe('beside a broken rule, nothing is said that is not so', () => {
  const vote = { kind: 'VoteGranted', server: 2, rule: '§5.2', candidate: 3, term: 4, again: false }
  const wouldVote = { ...vote, kind: 'PreVoteGranted', rule: 'D 9.6' }
  const ignored = { kind: 'AppendReplyIgnored', server: 1, rule: '§5.3', follower: 2, success: false }
  const held = { kind: 'CommitHeld', server: 1, rule: '§5.4.2', index: 2, entryTerm: 2, term: 4 }
  const known = { kind: 'EntriesKnown', server: 1, rule: '§5.3', leader: 3, first: 1, last: 1 }
  const read = { kind: 'ReadStarted', server: 1, rule: 'D 6.4', client: 11, key: 'x', index: 5 }
  const stands = { kind: 'BecameCandidate', server: 1, rule: '§5.2', term: 3, again: false, waited: 1 }
  it.each([
    [{ ...vote, broke: ['voteTwice'] }, 'S2 voted for S3 in term 4: S3’s log is no older than its own. §5.2'],
    [{ ...vote, broke: ['voteWithoutComparing'] }, 'S2 voted for S3 in term 4: its vote was free. §5.2'],
    [{ ...vote, broke: ['ignoreSnapshotBoundary'] }, 'S2 voted for S3 in term 4: its vote was free. §5.2'],
    [{ ...vote, broke: ['voteTwice', 'voteWithoutComparing'] }, 'S2 voted for S3 in term 4. §5.2'],
    [
      { ...wouldVote, broke: ['voteWithoutComparing'] },
      'S2 would vote for S3 in term 4: it hears no leader. D 9.6',
    ],
    [
      { ...wouldVote, broke: ['voteTwice'] },
      'S2 would vote for S3 in term 4: it hears no leader, and S3’s log is no older than its own. D 9.6',
    ],
    [{ ...known, erasedRest: true }, 'S1 had S3’s entry 1 already. §5.3'],
    [{ ...ignored, why: 'LaterTerm' }, 'S1 ignored S2’s refusal: it comes from a later term. §5.3'],
    [
      { kind: 'SnapshotReplyIgnored', server: 1, rule: '§7', follower: 2, laterTerm: true },
      'S1 ignored S2’s answer to a snapshot: it comes from a later term. §7',
    ],
    [
      { ...held, storedBy: 'Minority' },
      'S1 may not commit 2 yet: a minority stores it, which it takes as enough, but it is of term 2, not of its own term 4. §5.4.2',
    ],
    [
      { ...held, storedBy: 'Majorities' },
      'S1 may not commit 2 yet: majorities of the old members and of the new store it, but it is of term 2, not of its own term 4. §5.4.2',
    ],
    [
      { ...read, askedOf: 'Minority' },
      'S1 took readIndex 5 for C1’s get x: first, a minority, which it takes as enough, has to confirm that it still leads. D 6.4',
    ],
    [
      { ...read, askedOf: 'Majorities' },
      'S1 took readIndex 5 for C1’s get x: first, majorities of the old members and of the new have to confirm that it still leads. D 6.4',
    ],
    [
      {
        ...read,
        kind: 'ReadAnswered',
        value: '1',
        way: { kind: 'readIndex', heard: [2], unchecked: true },
      },
      'S1 answered C1: x is 1, as of entry 5; S2 answered, which it takes for a yes, whatever the term. D 6.4',
    ],
    [
      { ...stands, why: 'FewPreVotes' },
      'S1 became candidate, term 3: a minority would vote for it, which it takes as enough. §5.2',
    ],
  ])('%j', (fact, sentence) => {
    expect(plain(tell(fact as unknown as Fact))).toBe(sentence)
  })
})

it('a change of rules names them as the code does', () => {
  expect(changeText({ commitOldTerms: true, voteTwice: false })).toBe('commit old terms on, vote twice off')
})
