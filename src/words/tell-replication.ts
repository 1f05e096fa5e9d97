import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { ReplicationFact } from '../raft/replication-facts.ts'
import { entries, names, of, range, type Sentence, say, strong } from './sentence.ts'

type Told = RaftFact & ReplicationFact
type Of<Kind extends Told['kind']> = Told & { kind: Kind }

/** §5.3: heartbeats and entries, the consistency check, and how a leader finds where the logs agree. */
export function tellReplication(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'HeartbeatsSent': {
      const also = fact.behind.length === 0 ? '' : `, with the entries that ${names(fact.behind)} may miss`
      return say(server, 'quiet', rule, `sent heartbeats to ${names(fact.to)}${also}`)
    }
    case 'EntriesSent':
      return tellSent(fact)
    case 'AppendRefused':
      return tellRefusal(fact)
    case 'HeartbeatAccepted':
      return say(server, 'quiet', rule, `heard ${of(fact.leader)} heartbeat: logs agree up to ${fact.upTo}`)
    case 'EntriesErased': {
      const { leader, first, last, mine, theirs } = fact
      const why =
        theirs === null
          ? `: ${of(leader)} message ends before`
          : `: its own entry ${first} is of term ${mine}, the leader ${of(leader)} of term ${theirs}`
      return say(server, 'beat', rule, strong(`erased ${range(first, last)}`), why)
    }
    case 'EntriesAppended': {
      const appended = strong(`appended ${entries(fact.first, fact.last)}`)
      return say(server, 'minor', rule, appended, ` from the leader ${nameOf(fact.leader)}`)
    }
    case 'EntriesKnown': {
      const { leader, first, last, erasedRest } = fact
      const what = `had ${of(leader)} ${entries(first, last)} already`
      return say(server, 'minor', rule, `${what}${erasedRest ? '' : ', and changed nothing'}`)
    }
    case 'MatchAdvanced': {
      const { follower, from, to } = fact
      const moved = ['moved matchIndex for ', nameOf(follower), ' up ', strong(`${from} → ${to}`)]
      return say(server, 'minor', rule, ...moved, ': it stores everything up to there')
    }
    case 'NextBackedUp':
      return tellBackUp(fact)
    case 'AppendReplyIgnored':
      return tellIgnored(fact)
    case 'NoOpAppended': {
      const appended = strong(`appended a no-op as entry ${fact.index}`)
      return say(server, 'beat', rule, appended, `: once it is committed, so is all before it`)
    }
    default:
      return unreachable(fact)
  }
}

function tellSent({ server, rule, to, first, last, why }: Of<'EntriesSent'>): Sentence {
  const what = ` ${entries(first, last)} to ${nameOf(to)}`
  switch (why) {
    case 'NewCommand':
      return say(
        server,
        'minor',
        rule,
        strong('sent'),
        `${what}: ${first === last ? 'a new entry' : 'new entries'}`,
      )
    case 'StillBehind':
      return say(server, 'minor', rule, strong('sent'), `${what}, which is still behind`)
    case 'AfterRefusal':
      return say(server, 'minor', rule, strong('sent'), `${what}: another try, further back`)
    case 'AfterSnapshot':
      return say(server, 'minor', rule, strong('sent'), `${what}: what follows the snapshot`)
    case 'Unanswered':
      return say(server, 'quiet', rule, strong('sent'), `${what} again: no answer yet`)
    default:
      return unreachable(why)
  }
}

function tellRefusal({ server, rule, leader, why }: Of<'AppendRefused'>): Sentence {
  switch (why.kind) {
    case 'StaleTerm': {
      const refused = strong(`refused ${of(leader)} AppendEntries`)
      return say(server, 'beat', rule, refused, `: its term ${why.theirs} is over, the term is ${why.mine}`)
    }
    case 'LogTooShort': {
      const what = ` entries after ${why.prevLogIndex}: its own log ends at ${why.lastLogIndex}`
      return say(server, 'beat', rule, strong('refused'), what)
    }
    case 'TermDiffers': {
      const { index, mine, theirs } = why
      const what = ` entries after ${index}: its own entry ${index} is of term ${mine}, not ${theirs}`
      return say(server, 'beat', rule, strong('refused'), what)
    }
    default:
      return unreachable(why)
  }
}

function tellBackUp({ server, rule, follower, from, to, why, conflictTerm }: Of<'NextBackedUp'>): Sentence {
  const moved = [`moved nextIndex for ${nameOf(follower)} back `, strong(`${from} → ${to}`)]
  switch (why) {
    case 'PastTerm':
      return say(server, 'beat', rule, ...moved, `, past ${of(follower)} whole run of term ${conflictTerm}`)
    case 'ToOwnTerm':
      return say(server, 'beat', rule, ...moved, `, just after its own last entry of term ${conflictTerm}`)
    case 'LogEnds':
      return say(server, 'beat', rule, ...moved, `, to where ${of(follower)} log ends`)
    case 'OneByOne':
      return say(server, 'beat', rule, ...moved, `, one entry, as ${nameOf(follower)} refused`)
    default:
      return unreachable(why)
  }
}

function tellIgnored({ server, rule, follower, success, why }: Of<'AppendReplyIgnored'>): Sentence {
  const what = `ignored ${of(follower)} ${success ? 'acknowledgement' : 'refusal'}`
  switch (why) {
    case 'OldTerm':
      return say(server, 'quiet', rule, `${what}: it answers a request of an earlier term`)
    case 'LaterTerm':
      return say(server, 'quiet', rule, `${what}: it comes from a later term`)
    case 'NotLeader':
      return say(server, 'quiet', rule, `${what}: it does not lead`)
    case 'KnownToMatch':
      return say(server, 'quiet', rule, `${what}: it is old, and the logs are known to agree there`)
    case 'AlreadyBackedUp':
      return say(server, 'quiet', rule, `${what}: it is old, and nextIndex has moved since`)
    case 'SnapshotUnderWay':
      return say(server, 'quiet', rule, `${what}: a snapshot is on its way`)
    case 'NothingNew':
      return say(server, 'quiet', rule, `heard from ${nameOf(follower)}: nothing new`)
    default:
      return unreachable(why)
  }
}
