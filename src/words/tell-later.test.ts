import { describe, expect, it } from 'vitest'
import type { ReadFact } from '../raft/client-facts.ts'
import type { PreVoteFact, StandingFact } from '../raft/election-facts.ts'
import type { MembershipFact, TransferFact } from '../raft/membership-facts.ts'
import type { SnapshotFact } from '../raft/snapshot-facts.ts'
import type { Loose } from '../raft/test-kit.ts'
import type { Fact } from '../simulation/facts.ts'
import { type Weight, weightOf } from '../simulation/notable.ts'
import { plain } from './sentence.ts'
import { tell } from './tell.ts'

/** What is told of everything beyond §5: the fact, its weight, its sentence. Each kind of fact has its rows. */
type Rows<Kind extends Fact['kind']> = {
  readonly [K in Kind]: readonly (readonly [Omit<Loose<Fact & { kind: K }>, 'kind'>, Weight, string])[]
}

function tells<Kind extends Fact['kind']>(what: string, rows: Rows<Kind>): void {
  describe(what, () => {
    const cases = Object.entries<Rows<Kind>[Kind]>(rows).flatMap(([kind, some]) =>
      some.map(([fields, weight, text]) => [{ kind, ...fields } as unknown as Fact, weight, text] as const),
    )
    it.each(cases)('%j', (fact, weight, text) => {
      const sentence = tell(fact)
      expect(`${sentence.weight}: ${plain(sentence)}`).toBe(`${weight}: ${text}`)
      // The history marks its beats by the same measure.
      expect(weightOf(fact)).toBe(weight)
    })
  })
}

const s5 = { server: 5, rule: 'D 9.6', term: 4 } as const
const asked = { ...s5, waited: 212_440 } as const
const tally = { votes: 2, needed: 3, joint: null } as const

tells<PreVoteFact['kind'] | StandingFact['kind'] | 'OwnVoteWritten'>('standing, and asking first', {
  PreVoteStarted: [
    [
      { ...asked, again: false, forced: false },
      'beat',
      'S5 asks whether it could win term 4: its election timer ran out after 212.4 ms. D 9.6',
    ],
    [
      { ...asked, again: true, forced: false },
      'beat',
      'S5 asks again whether it could win term 4: no majority would vote for it within 212.4 ms. D 9.6',
    ],
    [
      { ...asked, again: false, forced: true },
      'beat',
      'S5 asks whether it could win term 4: its election timer was made to run out. D 9.6',
    ],
  ],
  PreVoteGranted: [
    [
      { ...s5, candidate: 1 },
      'minor',
      'S5 would vote for S1 in term 4: it hears no leader, and S1’s log is no older than its own. D 9.6',
    ],
  ],
  PreVoteRefused: [
    [
      { ...s5, candidate: 1, why: { kind: 'HearsLeader', leader: 3 } },
      'beat',
      'S5 would not vote for S1: it has lately heard from the leader S3. D 9.6',
    ],
    [
      { ...s5, candidate: 1, why: { kind: 'HearsLeader', leader: null } },
      'beat',
      'S5 would not vote for S1: it has lately heard from a leader. D 9.6',
    ],
    [
      { ...s5, candidate: 1, why: { kind: 'HearsLeader', leader: 5 } },
      'beat',
      'S5 would not vote for S1: it leads itself. D 9.6',
    ],
  ],
  PreVoteCounted: [
    [{ ...s5, voter: 2, ...tally }, 'minor', 'S5 can count on S2’s vote: 2 of the 3 it needs. D 9.6'],
    [
      { ...s5, voter: 2, ...tally, joint: { votes: 1, needed: 2 } },
      'minor',
      'S5 can count on S2’s vote: 2 of the 3 it needs of the old members, 1 of 2 of the new. D 9.6',
    ],
  ],
  PreVoteDenied: [[{ ...s5, voter: 2 }, 'minor', 'S5 cannot count on S2’s vote in term 4. D 9.6']],
  SteppedDown: [
    [
      { ...s5, rule: 'D 6.2', why: { kind: 'NoQuorum', heard: [] } },
      'beat',
      'S5 stepped down: nobody answered within an election timeout, which makes no majority. D 6.2',
    ],
    [
      { ...s5, rule: 'D 6.2', why: { kind: 'NoQuorum', heard: [2] } },
      'beat',
      'S5 stepped down: only S2 answered within an election timeout, which makes no majority. D 6.2',
    ],
    [
      { ...s5, rule: '§6', why: { kind: 'Removed' } },
      'beat',
      'S5 stepped down: the configuration without it is committed. §6',
    ],
  ],
  NotStanding: [
    [
      { server: 5, rule: 'D 4.2.2', why: 'NotAMember' },
      'minor',
      'S5 does not stand for election: it is no longer a member. D 4.2.2',
    ],
    [
      { server: 5, rule: 'D 4.2.2', why: 'NoConfiguration' },
      'minor',
      'S5 does not stand for election: nobody has told it of a cluster yet. D 4.2.2',
    ],
  ],
  OwnVoteWritten: [
    [
      { ...s5, rule: '§5.2', votes: 1, needed: 3, joint: null },
      'minor',
      'S5 counted its own vote, now on its disk: 1 of the 3 it needs. §5.2',
    ],
  ],
})

const candidate = { server: 5, rule: '§5.2', term: 4, again: false, waited: 12_000 } as const
const ignored = { server: 5, rule: 'D 9.6', voter: 2, granted: true } as const

tells<
  'BecameCandidate' | 'YieldedToLeader' | 'VoteRetried' | 'VoteRefused' | 'VoteReplyIgnored' | 'TermAdopted'
>('elections with these rules', {
  BecameCandidate: [
    [
      { ...candidate, why: 'PreVotes' },
      'beat',
      'S5 became candidate, term 4: a majority would vote for it. §5.2',
    ],
    [
      { ...candidate, why: 'Transfer' },
      'beat',
      'S5 became candidate, term 4: the leader hands over to it. §5.2',
    ],
  ],
  YieldedToLeader: [
    [{ ...s5, leader: 3 }, 'beat', 'S5 asks no more: S3 leads term 4. D 9.6'],
    [
      { ...s5, rule: '§5.2', leader: 3 },
      'beat',
      'S5 yielded to S3: S3 was elected leader of the same term 4. §5.2',
    ],
  ],
  VoteRetried: [
    [{ ...s5, to: 2 }, 'quiet', 'S5 asked S2 again whether it would vote for it: no answer yet. D 9.6'],
  ],
  VoteRefused: [
    [
      { ...s5, rule: 'D 4.2.3', candidate: 1, why: { kind: 'HearsLeader', leader: 3 } },
      'beat',
      'S5 refused S1’s vote request: it has lately heard from the leader S3. D 4.2.3',
    ],
  ],
  VoteReplyIgnored: [
    [
      { ...ignored, why: 'OldElection' },
      'quiet',
      'S5 ignored S2’s answer: it belongs to an earlier term. D 9.6',
    ],
  ],
  TermAdopted: [
    [
      { server: 5, rule: '§5.1', was: 2, term: 4, role: 'pre-candidate', from: 3, message: 'PreVoteReply' },
      'minor',
      'S5 moved to term 4: S3’s PreVote reply carried term 4, above its own 2. §5.1',
    ],
  ],
})

const snap = { server: 3, rule: '§7' } as const
const sent = { ...snap, to: 5, lastIncludedIndex: 10, offset: 0, bytes: 45, total: 45 } as const
const took = { ...snap, server: 5, leader: 3, lastIncludedIndex: 10, lastIncludedTerm: 2 } as const

tells<SnapshotFact['kind']>('snapshots', {
  SnapshotTaken: [
    [
      { ...snap, first: 6, last: 10, bytes: 45 },
      'beat',
      'S3 took a snapshot up to entry 10: its 45 bytes replace entries 6–10. §7',
    ],
  ],
  SnapshotSent: [
    [
      { ...sent, why: 'TooFarBehind' },
      'beat',
      'S3 sent S5 its snapshot up to entry 10: it no longer has the entries that S5 lacks. §7',
    ],
    [
      { ...sent, bytes: 16, why: 'TooFarBehind' },
      'beat',
      'S3 sent S5 its snapshot up to entry 10 (bytes 1 to 16 of 45): it no longer has the entries that S5 lacks. §7',
    ],
    [
      { ...sent, offset: 16, bytes: 16, why: 'NextChunk' },
      'minor',
      'S3 sent S5 more of its snapshot (bytes 17 to 32 of 45). §7',
    ],
    [
      { ...sent, why: 'Unanswered' },
      'quiet',
      'S3 sent S5 its snapshot up to entry 10 again: no answer yet. §7',
    ],
  ],
  ChunkReceived: [
    [
      { ...snap, server: 5, leader: 3, lastIncludedIndex: 10, received: 32, total: 45 },
      'minor',
      'S5 has 32 of 45 bytes of S3’s snapshot. §7',
    ],
  ],
  SnapshotRefused: [
    [
      { ...snap, server: 5, leader: 3, why: { kind: 'StaleTerm', mine: 4, theirs: 2 } },
      'minor',
      'S5 refused S3’s snapshot: its term 2 is over, the term is 4. §7',
    ],
    [
      { ...snap, server: 5, leader: 3, why: { kind: 'ChunkMissing', received: 16, offset: 32 } },
      'minor',
      'S5 refused S3’s snapshot: it has 16 bytes, and the chunk begins at 32. §7',
    ],
  ],
  SnapshotIgnored: [
    [
      { ...snap, server: 5, leader: 3, lastIncludedIndex: 10, commitIndex: 12 },
      'beat',
      'S5 ignored S3’s snapshot up to entry 10: it has committed up to 12 already. §7',
    ],
  ],
  SnapshotInstalled: [
    [{ ...took, kept: 0, dropped: 0 }, 'beat', 'S5 took over S3’s snapshot up to entry 10. §7'],
    [
      { ...took, kept: 2, dropped: 0 },
      'beat',
      'S5 took over S3’s snapshot up to entry 10, and keeps what follows in its log. §7',
    ],
    [
      { ...took, kept: 0, dropped: 3 },
      'beat',
      'S5 took over S3’s snapshot up to entry 10, in place of its own log. §7',
    ],
  ],
  SnapshotAcknowledged: [
    [
      { ...snap, follower: 5, lastIncludedIndex: 10 },
      'minor',
      'S3 knows that S5 has the snapshot up to 10. §7',
    ],
  ],
  SnapshotReplyIgnored: [
    [{ ...snap, follower: 5 }, 'quiet', 'S3 ignored S5’s answer to a snapshot: it is out of date. §7'],
  ],
})

const was = { voters: [1, 2, 3], next: null }
const configuration = { voters: [1, 2, 3, 4], next: null }
const joint = { voters: [1, 2, 3], next: [1, 2, 4] }
const members = { server: 1, rule: '§6', index: 5 } as const
const change = { server: 1, rule: 'D 4.1' } as const
const round = { server: 1, rule: 'D 4.2.1', learners: [4], round: 2, took: 45_000 } as const

tells<MembershipFact['kind']>('members', {
  ConfigurationAppended: [
    [
      { ...members, was, configuration },
      'beat',
      'S1 now counts S1, S2, S3, S4 as members: entry 5 is in its log. §6',
    ],
    [
      { ...members, was, configuration: joint },
      'beat',
      'S1 now needs majorities of both S1, S2, S3 and S1, S2, S4: entry 5 is in its log. §6',
    ],
    [
      { ...members, was, configuration: { voters: [1], next: null } },
      'beat',
      'S1 now counts itself as the only member: entry 5 is in its log. §6',
    ],
  ],
  ConfigurationAdopted: [
    [
      { ...members, server: 2, was, configuration },
      'beat',
      'S2 now counts S1, S2, S3, S4 as members: entry 5 is in its log. §6',
    ],
    [
      { ...members, server: 2, was, configuration: { voters: [1], next: null } },
      'beat',
      'S2 now counts S1 as the only member: entry 5 is in its log. §6',
    ],
  ],
  ConfigurationRolledBack: [
    [
      { ...members, was: configuration, configuration: was },
      'beat',
      'S1 again counts S1, S2, S3 as members: entry 5 is gone from its log. §6',
    ],
    [
      { ...members, server: 4, was: configuration, configuration: { voters: [], next: null } },
      'beat',
      'S4 again knows of no members: entry 5 is gone from its log. §6',
    ],
  ],
  ChangeHeld: [
    [
      { ...change, why: 'AnotherChange' },
      'beat',
      'S1 puts the change of members off: another one is not committed yet. D 4.1',
    ],
    [
      { ...change, why: 'NoOwnEntry' },
      'beat',
      'S1 puts the change of members off: it has not committed an entry of its own term yet. D 4.1',
    ],
  ],
  ChangeRefused: [
    [
      { ...change, why: 'NotOneAtATime' },
      'beat',
      'S1 refused the change of members: only one server at a time may come or go. D 4.1',
    ],
    [
      { ...change, why: 'NobodyLeft' },
      'beat',
      'S1 refused the change of members: no server would be left. D 4.1',
    ],
  ],
  ChangeNeedless: [[change, 'minor', 'S1 has nothing to change: these are the members already. D 4.1']],
  CatchUpStarted: [
    [
      { ...change, rule: 'D 4.2.1', learners: [4], upTo: 5 },
      'beat',
      'S1 brings S4 up to date first: no vote without the log up to entry 5. D 4.2.1',
    ],
  ],
  CatchUpRoundDone: [
    [
      { ...round, fast: true },
      'minor',
      'S1 brought S4 up to date in round 2, in 45.0 ms: less than an election timeout, so votes are next. D 4.2.1',
    ],
    [
      { ...round, fast: false },
      'minor',
      'S1 brought S4 up to date in round 2, in 45.0 ms: more than an election timeout, so another round is next. D 4.2.1',
    ],
  ],
  CatchUpGivenUp: [
    [
      { ...change, rule: 'D 4.2.1', learners: [4], rounds: 1 },
      'beat',
      'S1 gave up adding S4: not up to date in the first round. D 4.2.1',
    ],
    [
      { ...change, rule: 'D 4.2.1', learners: [4, 5], rounds: 10 },
      'beat',
      'S1 gave up adding S4, S5: not up to date in 10 rounds. D 4.2.1',
    ],
  ],
})

const hand = { server: 1, rule: 'D 3.10', to: 3 } as const
const told = { server: 3, rule: 'D 3.10', leader: 1 } as const

tells<TransferFact['kind']>('leadership transfer', {
  TransferStarted: [
    [
      { ...hand, behind: false },
      'beat',
      'S1 hands leadership over to S3, and takes no commands meanwhile. D 3.10',
    ],
    [
      { ...hand, behind: true },
      'beat',
      'S1 hands leadership over to S3, and takes no commands meanwhile; first S3 gets the rest of the log. D 3.10',
    ],
  ],
  TransferRefused: [
    [{ ...hand, why: 'NotLeader' }, 'beat', 'S1 does not hand leadership to S3: it does not lead. D 3.10'],
    [{ ...hand, why: 'NotAVoter' }, 'beat', 'S1 does not hand leadership to S3: S3 has no vote. D 3.10'],
    [
      { ...hand, to: 1, why: 'Itself' },
      'beat',
      'S1 does not hand leadership to S1: it leads already. D 3.10',
    ],
    [
      { ...hand, why: 'UnderWay' },
      'beat',
      'S1 does not hand leadership to S3: leadership is being handed over already. D 3.10',
    ],
  ],
  TimeoutNowSent: [[hand, 'beat', 'S1 told S3 to stand now: it has the whole log. D 3.10']],
  TimeoutNowTaken: [
    [told, 'beat', 'S3 does not wait for its election timer: the leader S1 told it to stand. D 3.10'],
  ],
  TimeoutNowIgnored: [
    [{ ...told, why: 'StaleTerm' }, 'minor', 'S3 ignored S1’s TimeoutNow: that term is over. D 3.10'],
    [{ ...told, why: 'Leader' }, 'minor', 'S3 ignored S1’s TimeoutNow: it leads itself. D 3.10'],
    [{ ...told, why: 'NotAMember' }, 'minor', 'S3 ignored S1’s TimeoutNow: it is not a member. D 3.10'],
  ],
  TransferAbandoned: [
    [
      hand,
      'beat',
      'S1 stays leader, and takes commands again: S3 did not take over within an election timeout. D 3.10',
    ],
  ],
})

const read = { server: 1, rule: 'D 6.4', client: 11, key: 'x' } as const
const answered = { ...read, value: '3', index: 5 } as const

tells<ReadFact['kind']>('reads', {
  ReadStarted: [
    [
      { ...read, index: 5 },
      'minor',
      'S1 took readIndex 5 for C1’s get x: first, a majority has to confirm that it still leads. D 6.4',
    ],
  ],
  ReadHeld: [
    [
      { ...read, term: 4 },
      'beat',
      'S1 holds C1’s get x back: no entry of its own term 4 is committed yet, so it cannot know what else is. D 6.4',
    ],
  ],
  LeaseOver: [
    [
      { ...read, rule: 'D 6.4.1' },
      'minor',
      'S1 has no lease now: for C1’s get x it asks the others whether it still leads. D 6.4.1',
    ],
  ],
  ReadAnswered: [
    [
      { ...answered, way: { kind: 'readIndex', heard: [2, 3] } },
      'minor',
      'S1 answered C1: x is 3, as of entry 5; S2, S3 confirmed that it leads. D 6.4',
    ],
    [
      { ...answered, value: null, way: { kind: 'readIndex', heard: [] } },
      'minor',
      'S1 answered C1: there is no x, as of entry 5; it is its own majority. D 6.4',
    ],
    [
      { ...answered, rule: 'D 6.4.1', way: { kind: 'lease', left: 90_000 } },
      'minor',
      'S1 answered C1: x is 3, as of entry 5; its lease lasts 90.0 ms more. D 6.4.1',
    ],
    [
      { ...answered, way: { kind: 'local' } },
      'minor',
      'S1 answered C1: x is 3, as of entry 5; it asked nobody whether it still leads. D 6.4',
    ],
  ],
  ReadsDropped: [
    [{ server: 1, rule: 'D 6.4', count: 1 }, 'minor', 'S1 turned away one read: it no longer leads. D 6.4'],
    [{ server: 1, rule: 'D 6.4', count: 3 }, 'minor', 'S1 turned away 3 reads: it no longer leads. D 6.4'],
  ],
})

const batch = { server: 3, rule: 'D 10.2.2' } as const

tells<
  | 'NoOpAppended'
  | 'BatchStarted'
  | 'BatchSent'
  | 'PipelineFull'
  | 'ModeChanged'
  | 'WriteDone'
  | 'EntriesSent'
  | 'AppendReplyIgnored'
>('replication, faster', {
  NoOpAppended: [
    [
      { server: 3, rule: '§8', index: 5, term: 4 },
      'beat',
      'S3 appended a no-op as entry 5: once it is committed, so is all before it. §8',
    ],
  ],
  BatchStarted: [
    [{ ...batch, due: 20_000 }, 'minor', 'S3 waits for more commands, to send them together. D 10.2.2'],
  ],
  BatchSent: [
    [{ ...batch, first: 5, last: 7 }, 'minor', 'S3 sent what it had collected: entries 5–7. D 10.2.2'],
  ],
  PipelineFull: [
    [
      { ...batch, to: 5, inFlight: 4 },
      'quiet',
      'S3 sends S5 no more for now: 4 of its messages are on their way. D 10.2.2',
    ],
  ],
  ModeChanged: [
    [
      { ...batch, follower: 5, mode: 'replicate', why: 'Matched' },
      'minor',
      'S3 replicates to S5 without waiting: it is known where the logs agree. D 10.2.2',
    ],
    [{ ...batch, follower: 5, mode: 'probe', why: 'Refused' }, 'minor', 'S3 probes S5: it refused. D 10.2.2'],
    [
      { ...batch, follower: 5, mode: 'probe', why: 'Unanswered' },
      'minor',
      'S3 probes S5: it does not answer. D 10.2.2',
    ],
  ],
  WriteDone: [
    [
      { server: 3, rule: 'D 10.2.1', upTo: 7 },
      'minor',
      'S3 finished writing: its log is on its disk up to 7. D 10.2.1',
    ],
  ],
  EntriesSent: [
    [
      { server: 3, rule: '§5.3', to: 5, first: 11, last: 12, why: 'AfterSnapshot' },
      'minor',
      'S3 sent entries 11–12 to S5: what follows the snapshot. §5.3',
    ],
  ],
  AppendReplyIgnored: [
    [
      { server: 3, rule: '§7', follower: 5, success: false, why: 'SnapshotUnderWay' },
      'quiet',
      'S3 ignored S5’s refusal: a snapshot is on its way. §7',
    ],
  ],
})

const put = { kind: 'Put', key: 'x', value: '3' } as const
const add = { kind: 'ChangeMembers', add: [6], remove: [] } as const
const client = { client: 11, command: put } as const
const skipped = { server: 1, rule: 'D 6.3', client: 11, index: 5, serial: 3 } as const
const got = { client: 11, server: 3, took: 48_000 } as const

tells<
  | 'CommandHeldOff'
  | 'CommandSkipped'
  | 'SessionOpened'
  | 'SessionEnded'
  | 'ClientToldToWait'
  | 'ClientNeedsSession'
  | 'ClientLostSession'
  | 'ClientAnswered'
  | 'ClientSent'
>('clients and their sessions', {
  CommandHeldOff: [
    [
      { server: 1, rule: 'D 3.10', client: 11, to: 3, command: put },
      'minor',
      'S1 put C1 off: leadership goes to S3 first. D 3.10',
    ],
  ],
  CommandSkipped: [
    [
      { ...skipped, why: 'Repeated' },
      'beat',
      'S1 did not apply entry 5: C1’s request 3 was applied before. D 6.3',
    ],
    [
      { ...skipped, why: 'SessionExpired' },
      'beat',
      'S1 did not apply entry 5: the session of C1’s request 3 is over. D 6.3',
    ],
  ],
  SessionOpened: [
    [
      { server: 1, rule: 'D 6.3', client: 11, session: 2 },
      'minor',
      'S1 opened a session for C1 with entry 2. D 6.3',
    ],
  ],
  SessionEnded: [
    [
      { server: 1, rule: 'D 6.3', client: 11, session: 2 },
      'beat',
      'S1 ended C1’s session 2: it was unused for longest. D 6.3',
    ],
  ],
  ClientToldToWait: [[{ ...client, server: 3 }, 'minor', 'C1 waits with put x 3: S3 cannot take it now.']],
  ClientNeedsSession: [[client, 'minor', 'C1 waits with put x 3: it needs a session first.']],
  ClientLostSession: [
    [
      { ...client, server: 3 },
      'beat',
      'C1 gave up put x 3: its session is over, and nobody can tell whether it took effect.',
    ],
  ],
  ClientAnswered: [
    [
      { ...got, command: { kind: 'Get', key: 'x' }, result: { kind: 'Found', value: '1' }, stale: true },
      'beat',
      'C1 got S3’s answer to get x: x is 1, after 48.0 ms. Stale: a later write had been answered before it asked.',
    ],
    [
      {
        ...got,
        command: { kind: 'OpenSession' },
        result: { kind: 'SessionOpened', session: 2 },
        stale: false,
      },
      'beat',
      'C1 got S3’s answer to open session: its session is 2, after 48.0 ms.',
    ],
    [
      { ...got, command: add, result: { kind: 'ChangeRefused', why: 'NotCaughtUp' }, stale: false },
      'beat',
      'C1 got S3’s answer to add S6: not done, the new servers did not catch up, after 48.0 ms.',
    ],
  ],
  ClientSent: [
    [
      { client: 11, command: { ...add, remove: [2] }, server: 3, attempt: 1 },
      'minor',
      'C1 sent add S6, remove S2 to S3.',
    ],
  ],
})

tells<'StorageLost' | 'ServerAdded' | 'DiskChanged' | 'SettingsChanged'>(
  'the world, with disks and newcomers',
  {
    StorageLost: [
      [{ server: 4, what: 'vote' }, 'beat', 'S4 lost its vote: Raft assumes that this never happens.'],
      [
        { server: 4, what: 'disk' },
        'beat',
        'S4 lost everything on its disk: Raft assumes that this never happens.',
      ],
    ],
    ServerAdded: [
      [{ server: 6 }, 'beat', 'S6 was started: its log is empty, and it belongs to no cluster yet.'],
    ],
    DiskChanged: [
      [{ server: 4, latency: 20_000 }, 'beat', 'S4 now has a disk that takes 20.0 ms to write.'],
      [{ server: 4, latency: 0 }, 'beat', 'S4 now has a disk that writes at once.'],
      [{ server: 4, latency: null }, 'beat', 'S4 now has a disk that is as fast as the cluster’s.'],
    ],
    SettingsChanged: [
      [
        { settings: { preVote: true, noOp: false, snapshotAt: 0, snapshotChunk: 16, reads: 'readIndex' } },
        'beat',
        'Settings changed: PreVote on, no-op off, snapshot at never, snapshot in a message 16 bytes, reads by ReadIndex.',
      ],
      [
        {
          settings: {
            membership: 'joint',
            pipeline: 4,
            batchDelay: 20_000,
            diskLatency: 5_000,
            mostSessions: 2,
          },
        },
        'beat',
        'Settings changed: members change by joint consensus, pipelining 4 on their way, batching 20.0 ms, disk latency 5.0 ms, sessions at once 2.',
      ],
    ],
  },
)
