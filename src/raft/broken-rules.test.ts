import { describe, expect, it } from 'vitest'
import { logIndex, term } from '../base/ids.ts'
import { acknowledge, appendMembers, changeMembers, established, members } from './members-kit.ts'
import { BREAKABLE_RULES, type BreakableRule, section5Settings } from './settings.ts'
import { installReply, installSnapshot, newest, sender } from './snapshot-kit.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  preCandidate,
  preVote,
  preVoteReply,
  requestVote,
  type Start,
  voteReply,
} from './test-kit.ts'

type Settings = NonNullable<Start['settings']>

/** What one server does where a rule matters, as the rule is kept and as it is broken. */
interface Case {
  readonly rule: BreakableRule
  readonly section: string
  readonly name: string
  readonly play: (settings: Settings) => Bench
  /** What shows it; for the rule kept and for the rule broken it is as in `shows`. */
  readonly look: (bench: Bench) => unknown
  readonly shows: readonly [kept: unknown, broken: unknown]
}

const granted = (bench: Bench) => bench.sent('RequestVoteReply').map((reply) => reply.voteGranted)
const get = clientRequest(7, { kind: 'Get', key: 'x' })

/** A server whose snapshot stands for its whole log, which ends in term 3. */
const compacted = (settings: Settings): Bench => follower({ term: 4, log: '113', base: 3, settings })

/** The leader of term 3 is asked for x, and S2 answers its question from term 5. */
function asked(settings: Settings): Bench {
  const bench = leader({ term: 3, settings: { reads: 'readIndex', ...settings } }).receive(clientRequest())
  acknowledge(bench, 2).forget().receive(get)
  const reply = appendReply(newest(bench, 'AppendEntries'), { term: 5 })
  return bench.receive({ ...reply, success: false })
}

const lease = { reads: 'lease', heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 } as const

/** The leader has committed an entry of its own; now `others` alone answer it, and then it is asked for x. */
function lent(bench: Bench, ...others: number[]): Bench {
  bench.receive(clientRequest(1))
  for (const id of [2, 3]) acknowledge(bench, id)
  bench.wait(1000).forget().step({ kind: 'Heartbeat' })
  const sent = bench.sent('AppendEntries')
  bench.receive(...sent.filter(({ to }) => others.includes(to)).map((request) => appendReply(request)))
  return bench.receive(get)
}

const cases: readonly Case[] = [
  {
    rule: 'voteWithoutComparing',
    section: '§5.4.1',
    name: 'a candidate with a shorter log gets the vote',
    play: (settings) =>
      follower({ term: 2, log: '112', settings }).receive(requestVote({ term: 3, log: '11' })),
    look: granted,
    shows: [[false], [true]],
  },
  {
    rule: 'voteWithoutComparing',
    section: '§5.4.1',
    name: 'and is told beforehand that it would (D 9.6)',
    play: (settings) => follower({ term: 2, log: '112', settings }).receive(preVote({ term: 3, log: '11' })),
    look: (bench) => bench.sent('PreVoteReply').map((reply) => reply.voteGranted),
    shows: [[false], [true]],
  },
  {
    rule: 'voteTwice',
    section: '§5.2',
    name: 'a second candidate of the term gets the vote, too',
    play: (settings) =>
      follower({ term: 2, votedFor: 2, settings }).receive(requestVote({ from: 3, term: 2 })),
    look: (bench) => [...granted(bench), bench.server.votedFor],
    shows: [
      [false, 2],
      [true, 3],
    ],
  },
  {
    rule: 'voteTwice',
    section: '§5.2',
    name: 'even from a leader, which gets no election timer by it',
    play: (settings) => leader({ term: 2, settings }).receive(requestVote({ from: 3, term: 2 })),
    look: (bench) => [...granted(bench), bench.server.role, bench.server.electionDue],
    shows: [
      [false, 'leader', Infinity],
      [true, 'leader', Infinity],
    ],
  },
  {
    rule: 'forgetVote',
    section: 'Fig. 2',
    name: 'after a restart it may vote for another in the same term',
    play: (settings) =>
      follower({ term: 2, votedFor: 2, settings })
        .step({ kind: 'Restarted' })
        .receive(requestVote({ from: 3, term: 2 })),
    look: (bench) => [bench.server.currentTerm, ...granted(bench)],
    shows: [
      [2, false],
      [2, true],
    ],
  },
  {
    rule: 'forgetTerm',
    section: '§5.1',
    name: 'after a restart it takes part in a term that is over',
    play: (settings) =>
      follower({ term: 5, votedFor: 2, settings })
        .step({ kind: 'Restarted' })
        .receive(requestVote({ from: 3, term: 2 })),
    look: (bench) => [bench.server.currentTerm, ...granted(bench)],
    shows: [
      [5, false],
      [2, true],
    ],
  },
  {
    rule: 'commitOldTerms',
    section: '§5.4.2',
    name: 'an entry of an earlier term is committed on a majority (Figure 8)',
    play: (settings) => acknowledge(leader({ term: 3, log: '12', settings }), 2),
    look: (bench) => bench.server.commitIndex,
    shows: [0, 2],
  },
  {
    rule: 'truncateAlways',
    section: '§5.3',
    name: 'a late AppendEntries that agrees removes what came after it',
    play: (settings) =>
      follower({ term: 2, log: '1122', settings }).receive(appendEntries({ log: '1122', prev: 1, count: 1 })),
    look: (bench) => bench.log,
    shows: ['1122', '11'],
  },
  {
    rule: 'truncateAlways',
    section: '§5.3',
    name: 'and so does a late heartbeat',
    play: (settings) =>
      follower({ term: 2, log: '1122', settings }).receive(appendEntries({ log: '1122', prev: 3, count: 0 })),
    look: (bench) => bench.log,
    shows: ['1122', '112'],
  },
  {
    rule: 'skipConsistencyCheck',
    section: '§5.3',
    name: 'an entry is appended after another than the leader has there',
    play: (settings) =>
      follower({ term: 2, log: '11', settings }).receive(appendEntries({ term: 3, log: '123', prev: 2 })),
    look: (bench) => bench.log,
    shows: ['11', '113'],
  },
  {
    rule: 'countMinority',
    section: '§5.2',
    name: 'a candidate wins with two votes of five',
    play: (settings) => candidate({ servers: 5, term: 2, settings }).receive(voteReply({ from: 3, term: 2 })),
    look: (bench) => bench.server.role,
    shows: ['candidate', 'leader'],
  },
  {
    rule: 'countMinority',
    section: '§5.2',
    name: 'and a leader commits what two of five store (§5.3)',
    play: (settings) => {
      const bench = leader({ servers: 5, term: 2, settings }).receive(clientRequest())
      return acknowledge(bench, 2)
    },
    look: (bench) => bench.server.commitIndex,
    shows: [0, 1],
  },
  {
    rule: 'countMinority',
    section: '§5.2',
    name: 'and reads by a lease that two of five have given it (D 6.4.1)',
    play: (settings) => lent(leader({ servers: 5, term: 2, settings: { ...lease, ...settings } }), 2),
    look: (bench) => bench.told('ReadAnswered').map(({ way }) => way.kind),
    shows: [[], ['lease']],
  },
  {
    rule: 'applyUncommitted',
    section: '§5.3',
    name: 'a follower applies what it has just stored',
    play: (settings) => follower({ term: 2, settings }).receive(appendEntries({ log: '12' })),
    look: ({ server }) => [server.commitIndex, server.lastApplied],
    shows: [
      [0, 0],
      [0, 2],
    ],
  },
  {
    rule: 'applyUncommitted',
    section: '§5.3',
    name: 'and a leader answers its client at once (§8)',
    play: (settings) => leader({ term: 2, settings }).receive(clientRequest()),
    look: (bench) => bench.sent('ClientReply').length,
    shows: [0, 1],
  },
  {
    rule: 'readBeforeOwnEntry',
    section: 'D 6.4',
    name: 'a new leader starts to answer a get at once',
    play: (settings) =>
      leader({ term: 4, log: '11', settings: { reads: 'readIndex', ...settings } }).receive(get),
    look: (bench) => [bench.told('ReadHeld').length, bench.told('ReadStarted').length],
    shows: [
      [1, 0],
      [0, 1],
    ],
  },
  {
    rule: 'ignoreSnapshotBoundary',
    section: '§7',
    name: 'a server with nothing but a snapshot votes for one that is behind it',
    play: (settings) => compacted(settings).receive(requestVote({ term: 5, log: '11' })),
    look: granted,
    shows: [[false], [true]],
  },
  {
    rule: 'ignoreSnapshotBoundary',
    section: '§7',
    name: 'entries are appended to a snapshot that ends in another term',
    play: (settings) => compacted(settings).receive(appendEntries({ term: 5, log: '1125', prev: 3 })),
    look: (bench) => bench.log,
    shows: ['', '5'],
  },
  {
    rule: 'ignoreSnapshotBoundary',
    section: '§7',
    name: 'what follows an entry of another term stays behind an installed snapshot',
    play: (settings) => follower({ term: 4, log: '1122', settings }).receive(installSnapshot({ log: '113' })),
    look: (bench) => bench.log,
    shows: ['', '2'],
  },
  {
    rule: 'acceptStaleSnapshot',
    section: '§7',
    name: 'a snapshot of less than is committed puts the server back',
    play: (settings) => compacted(settings).receive(installSnapshot({ log: '11' })),
    look: ({ server }) => [server.commitIndex, server.lastApplied, server.log.length],
    shows: [
      [3, 3, 3],
      [2, 2, 2],
    ],
  },
  {
    rule: 'acceptStaleSnapshot',
    section: '§7',
    name: 'and one that comes again takes away what has followed it',
    play: (settings) => {
      const again = installSnapshot({ log: '113' })
      const next = appendEntries({ term: 7, log: '1137', prev: 3 })
      return follower({ term: 7, settings }).receive(again, next, again)
    },
    look: (bench) => bench.log,
    shows: ['7', ''],
  },
  {
    rule: 'keepOldVotes',
    section: '§5.2',
    name: 'the vote of one term counts in the next',
    play: (settings) =>
      candidate({ servers: 5, term: 2, settings })
        .receive(voteReply({ from: 2, term: 2 }))
        .step({ kind: 'ElectionTimeout' })
        .receive(voteReply({ from: 3, term: 3 })),
    look: ({ server }) => [server.currentTerm, server.role],
    shows: [
      [3, 'candidate'],
      [3, 'leader'],
    ],
  },
  {
    rule: 'keepOldVotes',
    section: '§5.2',
    name: 'so it does for one that asks first whether it could win (D 9.6)',
    play: (settings) =>
      candidate({ servers: 5, term: 2, settings: { preVote: true, ...settings } })
        .receive(voteReply({ from: 2, term: 2 }))
        .step({ kind: 'ElectionTimeout' })
        .step({ kind: 'ElectionTimeout' })
        .receive(...[4, 5].map((from) => preVoteReply({ from, term: 2 })))
        .receive(voteReply({ from: 3, term: 3 })),
    look: ({ server }) => [server.currentTerm, server.role],
    shows: [
      [3, 'candidate'],
      [3, 'leader'],
    ],
  },
  {
    rule: 'ignoreTermsInReplies',
    section: '§5.1',
    name: 'a leader stays in its term, and its question counts as answered (D 6.4)',
    play: asked,
    look: (bench) => [bench.server.role, bench.server.currentTerm, bench.told('ReadAnswered').length],
    shows: [
      ['follower', 5, 0],
      ['leader', 3, 1],
    ],
  },
  {
    rule: 'ignoreTermsInReplies',
    section: '§5.1',
    name: 'nor does the answer to a snapshot end it',
    play: (settings) => {
      const bench = sender({ settings })
      const refusal = installReply(newest(bench, 'InstallSnapshot'), 0)
      return bench.forget().receive({ ...refusal, term: term(9) })
    },
    look: (bench) => [bench.server.role, bench.sent('InstallSnapshot').length],
    shows: [
      ['follower', 0],
      ['leader', 0],
    ],
  },
]

describe.each(cases.map((one) => [`${one.rule} (${one.section}): ${one.name}`, one] as const))(
  '%s',
  (_, one) => {
    it('not as long as the rule is kept', () => {
      const bench = one.play({})
      expect(one.look(bench)).toEqual(one.shows[0])
      expect(bench.told('RuleBroken')).toEqual([])
    })

    it('once it is broken, which is told', () => {
      const bench = one.play({ [one.rule]: true })
      expect(one.look(bench)).toEqual(one.shows[1])
      const { rule: broken, section: rule } = one
      expect(bench.told('RuleBroken')).toEqual([{ kind: 'RuleBroken', server: 1, rule, broken }])
    })
  },
)

describe('where a rule makes no difference, breaking it changes and tells nothing', () => {
  const all = Object.fromEntries(BREAKABLE_RULES.map((rule) => [rule, true]))
  it.each<[string, (settings: Settings) => Bench]>([
    ['a vote that is due', (settings) => follower({ settings }).receive(requestVote({ log: '11' }))],
    [
      'entries that agree',
      (settings) => follower({ log: '1', settings }).receive(appendEntries({ log: '112' })),
    ],
    [
      'a real conflict',
      (settings) =>
        follower({ log: '111', settings }).receive(appendEntries({ log: '122', leaderCommit: 3 })),
    ],
    ['a snapshot that is new', (settings) => follower({ settings }).receive(installSnapshot({ log: '11' }))],
    ['a first start', (settings) => follower({ term: 3, votedFor: 2, settings }).step({ kind: 'Started' })],
  ])('%s', (_, play) => {
    const { applyUncommitted: _early, ...rest } = all
    expect(play(rest).deeds).toEqual(play({}).deeds)
  })

  it.each([
    ['a vote', requestVote({ from: 3, term: 2, log: '1' }), 'VoteRefused'],
    [
      'a vote that is asked about beforehand (D 9.6)',
      preVote({ from: 3, term: 2, log: '1' }),
      'PreVoteRefused',
    ],
  ] as const)('%s that is taken, for a log that is behind', (_, request, refused) => {
    const start = { term: 2, votedFor: 2, log: '11' }
    const told = ({ deeds, ...bench }: Bench) => [deeds.length, bench.server.votedFor]
    const kept = follower(start).receive(request)
    const bench = follower({ ...start, settings: { voteTwice: true } }).receive(request)
    expect(bench.told('RuleBroken')).toEqual([])
    expect(bench.told(refused)).toMatchObject([{ why: { kind: 'LogBehind' } }])
    expect(told(bench)).toEqual(told(kept))
  })

  it('a lease that a majority has given', () => {
    const start = { servers: 5, term: 2 }
    const bench = lent(leader({ ...start, settings: { ...lease, countMinority: true } }), 2, 3)
    expect(bench.deeds).toEqual(lent(leader({ ...start, settings: lease }), 2, 3).deeds)
    expect(bench.told('ReadAnswered')).toHaveLength(1)
  })

  it('a log that is too short is no place for later entries even without the check (§5.3)', () => {
    const bench = follower({ log: '1', settings: { skipConsistencyCheck: true } })
    bench.receive(appendEntries({ log: '112', prev: 2 }))
    expect(bench.told('AppendRefused')).toMatchObject([{ why: { kind: 'LogTooShort' } }])
  })
})

it('has a case for every rule, and all are kept by default', () => {
  expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(BREAKABLE_RULES))
  for (const rule of BREAKABLE_RULES) expect(section5Settings[rule]).toBe(false)
})

it('committed entries that are cut off are left for the judge to see, not the guard (Figure 3)', () => {
  const bench = follower({ term: 2, log: '12', settings: { truncateAlways: true } })
  bench.receive(
    appendEntries({ log: '12', prev: 2, leaderCommit: 2 }),
    appendEntries({ log: '12', prev: 1, count: 0 }),
  )
  expect([bench.log, bench.server.commitIndex]).toEqual(['1', logIndex(2)])
})

describe('what is told beside a broken rule says what was so', () => {
  const votes: readonly [string, Partial<Settings>, Start, readonly BreakableRule[]][] = [
    ['a second vote', { voteTwice: true }, { votedFor: 2 }, ['voteTwice']],
    ['a vote for a log behind', { voteWithoutComparing: true }, { log: '11' }, ['voteWithoutComparing']],
    [
      'both at once',
      { voteTwice: true, voteWithoutComparing: true },
      { votedFor: 2, log: '11' },
      ['voteTwice', 'voteWithoutComparing'],
    ],
    [
      'a vote for a log behind a snapshot',
      { ignoreSnapshotBoundary: true },
      { log: '11', base: 2 },
      ['ignoreSnapshotBoundary'],
    ],
  ]
  it.each(votes)('%s', (_, settings, start, broke) => {
    const ask = { from: 3, term: 2, log: '1' }
    for (const kind of ['VoteGranted', 'PreVoteGranted'] as const) {
      const bench = follower({ term: 2, settings, ...start })
      bench.receive(kind === 'VoteGranted' ? requestVote(ask) : preVote(ask))
      expect(bench.told('RuleBroken').map(({ broken }) => broken)).toEqual(broke)
      expect(bench.told(kind)).toMatchObject([{ broke }])
    }
  })

  it('with all kept, a vote says nothing of it', () => {
    const bench = follower({ term: 2 }).receive(requestVote({ term: 2 }))
    expect(Object.keys(bench.told('VoteGranted')[0] ?? {})).not.toContain('broke')
  })

  it('entries that are known, where what follows them is erased (§5.3)', () => {
    const late = appendEntries({ log: '1122', prev: 0, count: 1 })
    const known = (truncateAlways: boolean) =>
      follower({ term: 2, log: '1122', settings: { truncateAlways } }).receive(late).told('EntriesKnown')
    expect(known(false)).toEqual([
      { kind: 'EntriesKnown', server: 1, rule: '§5.3', leader: 2, first: 1, last: 1 },
    ])
    expect(known(true)).toMatchObject([{ erasedRest: true }])
  })

  it('a reply of a later term is not one to an earlier request (§5.1)', () => {
    const bench = asked({ ignoreTermsInReplies: true })
    expect(bench.told('AppendReplyIgnored')).toMatchObject([{ why: 'LaterTerm' }])
    const sending = sender({ settings: { ignoreTermsInReplies: true } })
    const refusal = installReply(newest(sending, 'InstallSnapshot'), 0)
    sending.forget().receive({ ...refusal, term: term(9) })
    expect(sending.told('SnapshotReplyIgnored')).toMatchObject([{ laterTerm: true }])
  })

  it('an entry of an earlier term that a minority stores, or majorities of both old and new (§5.4.2)', () => {
    const five = (settings: Settings) => leader({ term: 4, log: '12', servers: 5, settings })
    expect(acknowledge(five({ countMinority: true }), 2, 2).told('CommitHeld')).toMatchObject([
      { index: 2, storedBy: 'Minority' },
    ])
    const majority = acknowledge(acknowledge(five({}), 2, 2), 3, 2).told('CommitHeld')
    expect(majority.map((fact) => Object.keys(fact).includes('storedBy'))).toEqual([false])

    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2, 3], [1, 2, 4]), { term: 4, log: '4' }))
    bench.step({ kind: 'ElectionTimeout' }).receive(...[2, 4].map((from) => voteReply({ from, term: 5 })))
    expect(bench.server.role).toBe('leader')
    acknowledge(bench, 2, 2)
    expect(bench.told('CommitHeld')).toMatchObject([{ index: 2, storedBy: 'Majorities' }])
  })

  it('a read that a minority has to confirm, or majorities of both old and new (D 6.4)', () => {
    const reading = (settings: Settings) =>
      established({ settings: { reads: 'readIndex', ...settings } }).receive(get)
    const majority = reading({}).told('ReadStarted')
    expect(majority.map((fact) => Object.keys(fact).includes('askedOf'))).toEqual([false])
    expect(reading({ countMinority: true }).told('ReadStarted')).toMatchObject([{ askedOf: 'Minority' }])

    const joint = established({ settings: { reads: 'readIndex', membership: 'joint' } })
    joint.receive(changeMembers([4]), get)
    expect(joint.told('ReadStarted')).toMatchObject([{ askedOf: 'Majorities' }])
  })

  it('an election after the promises of a minority (D 9.6)', () => {
    const asking = (settings: Settings) =>
      preCandidate({ servers: 5, term: 2, settings }).receive(preVoteReply({ from: 2, term: 2 }))
    expect(asking({ countMinority: true }).told('BecameCandidate')).toMatchObject([{ why: 'FewPreVotes' }])
    const enough = asking({}).receive(preVoteReply({ from: 3, term: 2 }))
    expect(enough.told('BecameCandidate')).toMatchObject([{ why: 'PreVotes' }])
  })
})

it('forgetTerm (§5.1): its disk has forgotten, too, so that its vote of term 1 counts when that is written', () => {
  const bench = follower({ term: 5, votedFor: 2, servers: 1, settings: { forgetTerm: true } })
  bench.slowDisk = true
  bench.step({ kind: 'Restarted' })
  expect(bench.server).toMatchObject({ currentTerm: 0, votedFor: null })
  bench.step({ kind: 'ElectionTimeout' })
  bench.step({ kind: 'Written', term: term(1), upTo: logIndex(0), logVersion: 0 })
  expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 1 })
})

it('countMinority (§5.2): somebody has to vote, if only a server for itself', () => {
  const bench = follower({ servers: 1, settings: { countMinority: true } })
  bench.slowDisk = true
  expect(bench.step({ kind: 'ElectionTimeout' }).server.role).toBe('candidate')
})

it('commitOldTerms (§5.4.2): a get that waits for an entry of the leader’s own term waits on (D 6.4)', () => {
  const get = clientRequest(1, { kind: 'Get', key: 'x' })
  const bench = leader({
    term: 4,
    log: '12',
    settings: { commitOldTerms: true, reads: 'readIndex' },
  }).receive(get)
  expect(acknowledge(bench, 2).server.commitIndex).toBe(2)
  expect(bench.told('ReadStarted')).toEqual([])
})
