import { describe, expect, it } from 'vitest'
import type { Loose } from '../raft/test-kit.ts'
import type { Fact } from '../simulation/facts.ts'
import { type Weight, weightOf } from '../simulation/notable.ts'
import { plain } from './sentence.ts'
import { tell } from './tell.ts'

/** `weight: sentence` */
function line(fact: Loose<Fact>): string {
  const sentence = tell(fact as Fact)
  // The history marks its beats by the same measure.
  expect(weightOf(fact as Fact)).toBe(sentence.weight)
  return `${sentence.weight}: ${plain(sentence)}`
}

/** One row of a table: the fact, its weight, its sentence. */
type Row = [Loose<Fact>, Weight, string]
const check = ([fact, weight, text]: Row) => expect(line(fact)).toBe(`${weight}: ${text}`)

describe('a sentence', () => {
  const fact: Loose<Fact> = {
    kind: 'BecameLeader',
    server: 3,
    rule: '§5.2',
    term: 4,
    voters: [3, 1, 2],
    servers: 5,
  }

  it('says what happened strongly, and why plainly', () => {
    expect(tell(fact as Fact)).toEqual({
      who: 'S3',
      parts: [
        { text: 'was elected leader of term 4', strong: true },
        { text: ' with votes from S1, S2 (3 of 5)' },
      ],
      rule: '§5.2',
      weight: 'beat',
    })
  })

  it('reads as one line with its section', () => {
    expect(plain(tell(fact as Fact))).toBe(
      'S3 was elected leader of term 4 with votes from S1, S2 (3 of 5). §5.2',
    )
  })

  it('of the network has no subject and no section', () => {
    expect(tell({ kind: 'Healed' })).toMatchObject({ who: '', rule: null })
    expect(plain(tell({ kind: 'Healed' }))).toBe('Healed: no link is cut.')
  })
})

describe('elections', () => {
  const of = { server: 5, rule: '§5.2', term: 4 } as const
  const candidate = { ...of, kind: 'BecameCandidate', waited: 212_440 } as const
  const refused = { ...of, kind: 'VoteRefused', candidate: 1 } as const
  const ignored = { ...of, kind: 'VoteReplyIgnored', voter: 2 } as const
  const adopted = { ...of, kind: 'TermAdopted', was: 2, from: 3, rule: '§5.1' } as const
  it.each<Row>([
    [
      { ...candidate, again: false, why: 'TimedOut' },
      'beat',
      'S5 became candidate, term 4: its election timer ran out after 212.4 ms. §5.2',
    ],
    [
      { ...candidate, again: true, why: 'TimedOut' },
      'beat',
      'S5 became candidate again, term 4: no majority in term 3 within 212.4 ms. §5.2',
    ],
    [
      { ...candidate, again: false, why: 'Forced' },
      'beat',
      'S5 became candidate, term 4: its election timer was made to run out. §5.2',
    ],
    [{ ...of, kind: 'LeaderHasNoElectionTimer' }, 'beat', 'S5 has no election timer: it leads term 4. §5.2'],
    [
      { ...of, kind: 'VoteRetried', to: 2, rule: '§5.1' },
      'quiet',
      'S5 asked S2 again for its vote: no answer yet. §5.1',
    ],
    [
      { ...of, kind: 'VoteGranted', candidate: 1, again: false },
      'beat',
      'S5 voted for S1 in term 4: its vote was free, and S1’s log is no older than its own. §5.2',
    ],
    [
      { ...of, kind: 'VoteGranted', candidate: 1, again: true },
      'quiet',
      'S5 gave S1 the same vote for term 4 once more. §5.2',
    ],
    [
      { ...refused, rule: '§5.1', why: { kind: 'StaleTerm', mine: 6 } },
      'beat',
      'S5 refused S1’s vote request: term 4 is over, its own is 6. §5.1',
    ],
    [
      { ...refused, why: { kind: 'AlreadyVoted', votedFor: 2 } },
      'beat',
      'S5 refused S1’s vote request: its one vote in term 4 went to S2. §5.2',
    ],
    [
      { ...refused, why: { kind: 'AlreadyVoted', votedFor: 5 } },
      'beat',
      'S5 refused S1’s vote request: its one vote in term 4 went to itself. §5.2',
    ],
    [
      {
        ...refused,
        rule: '§5.4.1',
        why: { kind: 'LogBehind', mine: { index: 5, term: 3 }, theirs: { index: 7, term: 2 } },
      },
      'beat',
      'S5 refused S1’s vote request: its own log is newer (term 3 beats term 2). §5.4.1',
    ],
    [
      {
        ...refused,
        rule: '§5.4.1',
        why: { kind: 'LogBehind', mine: { index: 7, term: 3 }, theirs: { index: 5, term: 3 } },
      },
      'beat',
      'S5 refused S1’s vote request: its own log is longer (entry 7 beats entry 5, both of term 3). §5.4.1',
    ],
    [
      {
        ...refused,
        rule: '§5.4.1',
        why: { kind: 'LogBehind', mine: { index: 5, term: 3 }, theirs: { index: 0, term: 0 } },
      },
      'beat',
      'S5 refused S1’s vote request: its own log has entries, S1’s is empty. §5.4.1',
    ],
    [
      { ...of, kind: 'VoteCounted', voter: 2, votes: 2, needed: 3, joint: null },
      'minor',
      'S5 counted S2’s vote: 2 of the 3 it needs. §5.2',
    ],
    [{ ...of, kind: 'VoteDenied', voter: 2 }, 'minor', 'S5 did not get S2’s vote in term 4. §5.2'],
    [
      { ...ignored, granted: true, why: 'OldElection' },
      'quiet',
      'S5 ignored S2’s vote: it belongs to an earlier term. §5.2',
    ],
    [
      { ...ignored, granted: false, why: 'NotCandidate' },
      'quiet',
      'S5 ignored S2’s refusal: the election is decided. §5.2',
    ],
    [
      { ...ignored, granted: true, why: 'CountedBefore' },
      'quiet',
      'S5 ignored S2’s vote: it has counted that answer before. §5.2',
    ],
    [
      { ...of, kind: 'BecameLeader', voters: [5], servers: 1 },
      'beat',
      'S5 was elected leader of term 4 with its own vote (1 of 1). §5.2',
    ],
    [
      { ...adopted, role: 'leader', message: 'AppendEntries' },
      'beat',
      'S5 stepped down: S3’s AppendEntries carried term 4, above its own 2. §5.1',
    ],
    [
      { ...adopted, role: 'candidate', message: 'RequestVote' },
      'beat',
      'S5 gave up its candidacy: S3’s vote request carried term 4, above its own 2. §5.1',
    ],
    [
      { ...adopted, role: 'follower', message: 'RequestVoteReply' },
      'minor',
      'S5 moved to term 4: S3’s vote reply carried term 4, above its own 2. §5.1',
    ],
    [
      { ...of, kind: 'YieldedToLeader', leader: 3 },
      'beat',
      'S5 yielded to S3: S3 was elected leader of the same term 4. §5.2',
    ],
  ])('%j', (...row) => check(row))
})

describe('replication', () => {
  const of = { server: 3, rule: '§5.3' } as const
  const sent = { ...of, kind: 'EntriesSent', to: 5, first: 5, last: 7 } as const
  const refused = { ...of, kind: 'AppendRefused', server: 5, leader: 3 } as const
  const back = { ...of, kind: 'NextBackedUp', follower: 5, from: 7, to: 5, conflictTerm: 2 } as const
  const ignored = { ...of, kind: 'AppendReplyIgnored', follower: 5 } as const
  const range = { leader: 3, server: 5, first: 5, last: 7 }
  it.each<Row>([
    [
      { ...of, rule: '§5.2', kind: 'HeartbeatsSent', to: [1, 2], behind: [] },
      'quiet',
      'S3 sent heartbeats to S1, S2. §5.2',
    ],
    [
      { ...of, rule: '§5.2', kind: 'HeartbeatsSent', to: [1, 2], behind: [2] },
      'quiet',
      'S3 sent heartbeats to S1, S2, with the entries that S2 may miss. §5.2',
    ],
    [{ ...sent, why: 'NewCommand' }, 'minor', 'S3 sent entries 5–7 to S5: new entries. §5.3'],
    [{ ...sent, last: 5, why: 'StillBehind' }, 'minor', 'S3 sent entry 5 to S5, which is still behind. §5.3'],
    [{ ...sent, why: 'AfterRefusal' }, 'minor', 'S3 sent entries 5–7 to S5: another try, further back. §5.3'],
    [{ ...sent, why: 'Unanswered' }, 'quiet', 'S3 sent entries 5–7 to S5 again: no answer yet. §5.3'],
    [
      { ...refused, rule: '§5.1', why: { kind: 'StaleTerm', mine: 4, theirs: 2 } },
      'beat',
      'S5 refused S3’s AppendEntries: its term 2 is over, the term is 4. §5.1',
    ],
    [
      { ...refused, why: { kind: 'LogTooShort', prevLogIndex: 6, lastLogIndex: 4 } },
      'beat',
      'S5 refused entries after 6: its own log ends at 4. §5.3',
    ],
    [
      { ...refused, why: { kind: 'TermDiffers', index: 6, mine: 2, theirs: 3 } },
      'beat',
      'S5 refused entries after 6: its own entry 6 is of term 2, not 3. §5.3',
    ],
    [
      { ...of, kind: 'HeartbeatAccepted', server: 5, leader: 3, upTo: 6 },
      'quiet',
      'S5 heard S3’s heartbeat: logs agree up to 6. §5.3',
    ],
    [
      { ...of, ...range, kind: 'EntriesErased', mine: 2, theirs: 3 },
      'beat',
      'S5 erased 5–7: its own entry 5 is of term 2, the leader S3’s of term 3. §5.3',
    ],
    [
      { ...of, ...range, kind: 'EntriesAppended' },
      'minor',
      'S5 appended entries 5–7 from the leader S3. §5.3',
    ],
    [
      { ...of, ...range, kind: 'EntriesKnown' },
      'minor',
      'S5 had S3’s entries 5–7 already, and changed nothing. §5.3',
    ],
    [
      { ...of, kind: 'MatchAdvanced', follower: 5, from: 4, to: 7 },
      'minor',
      'S3 moved matchIndex for S5 up 4 → 7: it stores everything up to there. §5.3',
    ],
    [
      { ...back, why: 'PastTerm' },
      'beat',
      'S3 moved nextIndex for S5 back 7 → 5, past S5’s whole run of term 2. §5.3',
    ],
    [
      { ...back, why: 'ToOwnTerm' },
      'beat',
      'S3 moved nextIndex for S5 back 7 → 5, just after its own last entry of term 2. §5.3',
    ],
    [
      { ...back, why: 'LogEnds', conflictTerm: null },
      'beat',
      'S3 moved nextIndex for S5 back 7 → 5, to where S5’s log ends. §5.3',
    ],
    [
      { ...back, to: 6, why: 'OneByOne' },
      'beat',
      'S3 moved nextIndex for S5 back 7 → 6, one entry, as S5 refused. §5.3',
    ],
    [
      { ...ignored, success: true, why: 'OldTerm' },
      'quiet',
      'S3 ignored S5’s acknowledgement: it answers a request of an earlier term. §5.3',
    ],
    [
      { ...ignored, success: false, why: 'NotLeader' },
      'quiet',
      'S3 ignored S5’s refusal: it does not lead. §5.3',
    ],
    [
      { ...ignored, success: false, why: 'KnownToMatch' },
      'quiet',
      'S3 ignored S5’s refusal: it is old, and the logs are known to agree there. §5.3',
    ],
    [
      { ...ignored, success: false, why: 'AlreadyBackedUp' },
      'quiet',
      'S3 ignored S5’s refusal: it is old, and nextIndex has moved since. §5.3',
    ],
    [{ ...ignored, success: true, why: 'NothingNew' }, 'quiet', 'S3 heard from S5: nothing new. §5.3'],
  ])('%j', (...row) => check(row))
})

describe('commit', () => {
  const of = { server: 3, rule: '§5.4.2' } as const
  const committed = { ...of, kind: 'Committed', last: 7, storedOn: [1, 2, 3] } as const
  it.each<Row>([
    [
      { ...committed, first: 7, earlier: 0 },
      'beat',
      'S3 committed 7: stored on S1, S2, S3 and of its own term. §5.4.2',
    ],
    [
      { ...committed, first: 5, earlier: 0 },
      'beat',
      'S3 committed 5–7: 7 is stored on S1, S2, S3 and of its own term. §5.4.2',
    ],
    [
      { ...committed, first: 5, earlier: 1 },
      'beat',
      'S3 committed 5–7: 7 is stored on S1, S2, S3 and of its own term; 5, of an earlier term, comes with it. §5.4.2',
    ],
    [
      { ...committed, first: 5, earlier: 2 },
      'beat',
      'S3 committed 5–7: 7 is stored on S1, S2, S3 and of its own term; 5–6, of earlier terms, come with it. §5.4.2',
    ],
    [
      { ...of, kind: 'CommitHeld', index: 2, entryTerm: 2, term: 4 },
      'beat',
      'S3 may not commit 2 yet: a majority stores it, but it is of term 2, not of its own term 4. §5.4.2',
    ],
    [
      { ...of, rule: '§5.3', server: 5, kind: 'CommitLearned', first: 5, last: 7, leader: 3 },
      'minor',
      'S5 learned from S3 that 5–7 are committed. §5.3',
    ],
    [{ ...of, rule: '§5.3', kind: 'Applied', first: 7, last: 7 }, 'quiet', 'S3 applied 7 to its store. §5.3'],
  ])('%j', (...row) => check(row))
})

describe('clients', () => {
  const put = { kind: 'Put', key: 'x', value: '3' } as const
  const get = { kind: 'Get', key: 'x' } as const
  const cas = { kind: 'CompareAndSet', key: 'x', expected: '3', value: '5' } as const
  const server = { server: 3, rule: '§8', client: 11, command: put } as const
  const client = { client: 11, command: put } as const
  it.each<Row>([
    [
      { ...server, rule: '§5.3', kind: 'CommandAppended', index: 7, term: 4 },
      'beat',
      'S3 appended put x 3 as entry 7 of term 4, for C1. §5.3',
    ],
    [
      { ...server, kind: 'CommandRedirected', leader: 2 },
      'beat',
      'S3 sent C1 on to S2: only the leader takes commands. §8',
    ],
    [
      { ...server, kind: 'CommandRedirected', leader: null },
      'beat',
      'S3 turned C1 away: it does not lead, and knows of no leader. §8',
    ],
    [
      {
        ...server,
        kind: 'CommandAnswered',
        index: 7,
        command: get,
        result: { kind: 'Found', value: '3' },
        skipped: null,
      },
      'minor',
      'S3 answered C1’s get x: x is 3; entry 7 is applied. §8',
    ],
    [{ ...client, kind: 'ClientSent', server: 3, attempt: 1 }, 'minor', 'C1 sent put x 3 to S3.'],
    [{ ...client, kind: 'ClientSent', server: 3, attempt: 2 }, 'minor', 'C1 sent put x 3 to S3: try 2.'],
    [
      { ...client, kind: 'ClientSentOn', server: 3, leader: 2 },
      'minor',
      'C1 sent put x 3 on to S2: S3 named it as the leader.',
    ],
    [
      { ...client, kind: 'ClientToldNoLeader', server: 3 },
      'minor',
      'C1 waits with put x 3: S3 knows of no leader.',
    ],
    [
      { ...client, kind: 'ClientTimedOut', server: 3, waited: 250_000 },
      'beat',
      'C1 stopped waiting for S3: no answer to put x 3 within 250.0 ms.',
    ],
    [
      { ...client, kind: 'ClientGaveUp', waited: 10_000_000 },
      'beat',
      'C1 gave up put x 3: no answer for 10000.0 ms; it may still be carried out.',
    ],
    [
      { ...client, kind: 'ClientAnswered', server: 3, result: { kind: 'Done' }, took: 48_030, stale: false },
      'beat',
      'C1 got S3’s answer to put x 3: done, after 48.0 ms.',
    ],
    [
      {
        ...client,
        command: cas,
        kind: 'ClientAnswered',
        server: 3,
        result: { kind: 'Mismatch', value: null },
        took: 48_030,
        stale: false,
      },
      'beat',
      'C1 got S3’s answer to cas x 3 5: not done, there is no x, after 48.0 ms.',
    ],
    [
      { kind: 'ClientReplyIgnored', client: 12, serial: 4, server: 3 },
      'quiet',
      'C2 ignored a late answer from S3.',
    ],
  ])('%j', (...row) => check(row))
})

describe('the world', () => {
  const message = { from: 1, to: 4, message: 'RequestVote' } as const
  it.each<Row>([
    [
      { kind: 'ServerCrashed', server: 4, lastIndex: 5, unwritten: 2 },
      'beat',
      'S4 crashed: currentTerm, votedFor and a log of 5 entries stay on its disk; it had not written 2 more entries yet. D 10.2.1',
    ],
    [
      { kind: 'ServerCrashed', server: 4, lastIndex: 5, unwritten: 0 },
      'beat',
      'S4 crashed: currentTerm, votedFor and a log of 5 entries stay on its disk.',
    ],
    [
      { kind: 'ServerRestarted', server: 4, lastIndex: 0 },
      'beat',
      'S4 restarted as a follower, with an empty log from its disk.',
    ],
    [
      { kind: 'ServerRestarted', server: 4, lastIndex: 1 },
      'beat',
      'S4 restarted as a follower, with a log of 1 entry from its disk.',
    ],
    [{ kind: 'ServerPaused', server: 4 }, 'beat', 'S4 paused: it does nothing, and messages wait for it.'],
    [{ kind: 'ServerResumed', server: 4, waiting: 0 }, 'beat', 'S4 resumed: no message has waited.'],
    [{ kind: 'ServerResumed', server: 4, waiting: 1 }, 'beat', 'S4 resumed: one message has waited.'],
    [{ kind: 'ServerResumed', server: 4, waiting: 3 }, 'beat', 'S4 resumed: 3 messages have waited.'],
    [{ kind: 'ClockChanged', server: 4, rate: 1500 }, 'beat', 'S4 now has a clock at 1.5× speed.'],
    [
      {
        kind: 'Partitioned',
        groups: [
          [1, 2],
          [3, 4, 5],
        ],
      },
      'beat',
      'Partition: S1, S2 | S3, S4, S5.',
    ],
    [{ kind: 'Isolated', server: 4 }, 'beat', 'S4 is cut off from all other servers.'],
    [{ kind: 'LinkCut', from: 1, to: 2 }, 'beat', 'Link cut from S1 to S2.'],
    [{ kind: 'LinkMended', from: 1, to: 2 }, 'beat', 'Link mended from S1 to S2.'],
    [
      { kind: 'SettingsChanged', settings: { loss: 50_000, heartbeatInterval: 60_000, backUp: 'one' } },
      'beat',
      'Settings changed: loss 5 %, heartbeat interval 60.0 ms, nextIndex backs up one entry at a time.',
    ],
    [
      { kind: 'SettingsChanged', settings: { maxEntries: 1, clientRate: 5, backUp: 'term' } },
      'beat',
      'Settings changed: entries per AppendEntries 1, commands per second 5, nextIndex backs up a term at a time.',
    ],
    [{ kind: 'SettingsChanged', settings: {} }, 'beat', 'Settings changed: nothing.'],
    [
      { kind: 'LinkChanged', from: 1, to: 2, settings: null },
      'beat',
      'Link from S1 to S2 changed: it has the cluster’s settings again.',
    ],
    [
      {
        kind: 'LinkChanged',
        from: 1,
        to: 2,
        settings: { latencyMin: 1000, latencyMax: 2000, loss: 1, duplicate: 0, reorder: 1_000_000 },
      },
      'beat',
      'Link from S1 to S2 changed: shortest latency 1.0 ms, longest latency 2.0 ms, loss 0.0001 %, duplication 0 %, reordering 100 %.',
    ],
    [{ ...message, kind: 'MessageLost', why: 'Loss' }, 'minor', 'Lost: S1’s vote request to S4, on the way.'],
    [
      { ...message, kind: 'MessageLost', why: 'Cut' },
      'quiet',
      'Lost: S1’s vote request to S4, as the link is cut.',
    ],
    [
      { ...message, kind: 'MessageLost', why: 'ServerDown' },
      'quiet',
      'Lost: S1’s vote request to S4, as S4 is down.',
    ],
    [
      { ...message, kind: 'MessageLost', why: 'ServerCrashed' },
      'minor',
      'Lost: S1’s vote request to S4, which waited there as it crashed.',
    ],
    [{ ...message, kind: 'MessageLost', why: 'Dropped' }, 'beat', 'Dropped: S1’s vote request to S4.'],
    [{ ...message, kind: 'MessageHeld' }, 'quiet', 'Waits: S1’s vote request to S4, which is paused.'],
    [
      { ...message, kind: 'MessageDelayed', by: 20_000 },
      'beat',
      'Delayed: S1’s vote request to S4, by 20.0 ms.',
    ],
    [
      { ...message, kind: 'MessageDuplicated', byHand: true },
      'beat',
      'Duplicated: S1’s vote request to S4 will arrive twice.',
    ],
    [
      { ...message, kind: 'MessageDuplicated', byHand: false },
      'minor',
      'Duplicated: S1’s vote request to S4 will arrive twice.',
    ],
    [{ ...message, kind: 'MessageHurried' }, 'beat', 'Delivered at once: S1’s vote request to S4.'],
  ])('%j', (...row) => check(row))

  it('too many messages', () => {
    expect(line({ kind: 'TooManyMessages', most: 20_000 })).toBe(
      'beat: More than 20,000 messages are on their way. Slower timers, shorter latencies or less duplication keep them few.',
    )
  })

  it.each<[Loose<Fact & { kind: 'NothingToDo' }>['why'], string]>([
    [{ kind: 'ServerDown', server: 4 }, 'S4 is down'],
    [{ kind: 'ServerUp', server: 4 }, 'S4 is up'],
    [{ kind: 'ServerNotPaused', server: 4 }, 'S4 is not paused'],
    [{ kind: 'ServerPaused', server: 4 }, 'S4 is paused'],
    [{ kind: 'NotLeader', server: 4 }, 'S4 is not the leader'],
    [{ kind: 'NothingUnanswered', server: 4, peer: 2 }, 'S4’s requests to S2 are all answered'],
    [{ kind: 'NoSuchServer', server: 9 }, 'there is no S9'],
    [{ kind: 'NoSuchMessage', from: 1, to: 11 }, 'that message from S1 to C1 is not on its way'],
    [{ kind: 'NoSuchCommand', client: 11 }, 'C1 waits for no such command'],
    [{ kind: 'EnoughCopies', from: 1, to: 11, most: 31 }, 'that message from S1 to C1 has 31 copies already'],
  ])('nothing to do: %j', (why, text) => {
    expect(line({ kind: 'NothingToDo', why })).toBe(`beat: Nothing to do: ${text}.`)
  })
})

describe('the impossible, in two sentences', () => {
  const of = { kind: 'Impossible', server: 3, rule: 'Fig. 3' } as const
  it.each<Row>([
    [
      { ...of, what: { kind: 'TwoLeaders', term: 4, other: 2 } },
      'beat',
      'S3 heard from another leader of term 4: S2 leads it too. Raft rules this out: each server has one vote in a term, so a term has at most one leader (Election Safety). Fig. 3',
    ],
    [
      { ...of, what: { kind: 'LeaderOverwrites', term: 4, index: 5 } },
      'beat',
      'S3 would overwrite its own entry 5, though it leads term 4. Raft rules this out: a leader only ever appends to its log (Leader Append-Only). Fig. 3',
    ],
    [
      { ...of, what: { kind: 'CommitMovesBack', from: 7, to: 5 } },
      'beat',
      'S3 would take back a commit: commitIndex would go from 7 to 5. Raft rules this out: what is committed stays committed, so commitIndex only grows. Fig. 3',
    ],
    [
      { ...of, what: { kind: 'ErasesCommitted', index: 5, commitIndex: 7, leader: 2 } },
      'beat',
      'S3 would erase its committed entry 5, as it conflicts with S2’s; it has committed up to 7. Raft rules this out: a committed entry is in the log of every later leader (Leader Completeness). Fig. 3',
    ],
    [
      { ...of, what: { kind: 'Contradiction', assumed: 'the log has an entry 9' } },
      'beat',
      'S3 could not go on: it took for granted that the log has an entry 9. Raft rules this out: where every rule is kept, that is always so. Fig. 3',
    ],
  ])('%j', (...row) => check(row))
})
