import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { RaftFact, SnapshotFact } from '../raft/facts.ts'
import { entries, of, say, strong } from './sentence.ts'
import type { Sentence } from './tell.ts'

type Told = RaftFact & SnapshotFact

/** §7: snapshots, and how a follower that is far behind gets one. */
export function tellSnapshot(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'SnapshotTaken': {
      const taken = strong(`took a snapshot up to entry ${fact.last}`)
      return say(
        server,
        'beat',
        rule,
        taken,
        `, of ${fact.bytes} bytes, in place of ${entries(fact.first, fact.last)}`,
      )
    }
    case 'SnapshotSent':
      return tellSent(fact)
    case 'ChunkReceived':
      return say(
        server,
        'minor',
        rule,
        `has ${fact.received} of ${fact.total} bytes of ${of(fact.leader)} snapshot`,
      )
    case 'SnapshotRefused': {
      const refused = strong(`refused ${of(fact.leader)} snapshot`)
      return say(server, 'minor', rule, refused, `: ${whyRefused(fact.why)}`)
    }
    case 'SnapshotIgnored': {
      const { leader, lastIncludedIndex, commitIndex } = fact
      const why = `: it has all up to ${lastIncludedIndex}, and is at ${commitIndex}`
      return say(server, 'beat', rule, strong(`ignored ${of(leader)} snapshot`), why)
    }
    case 'SnapshotInstalled': {
      const { leader, lastIncludedIndex, kept, dropped } = fact
      const log =
        dropped > 0 ? '; its own log is gone' : kept > 0 ? '; what follows in its log agrees and stays' : ''
      return say(
        server,
        'beat',
        rule,
        strong(`took over ${of(leader)} snapshot up to entry ${lastIncludedIndex}`),
        log,
      )
    }
    case 'SnapshotAcknowledged':
      return say(
        server,
        'minor',
        rule,
        `knows that ${nameOf(fact.follower)} has the snapshot up to ${fact.lastIncludedIndex}`,
      )
    case 'SnapshotReplyIgnored':
      return say(server, 'quiet', rule, `ignored ${of(fact.follower)} late word about a snapshot`)
    default:
      return unreachable(fact)
  }
}

function tellSent({
  server,
  rule,
  to,
  lastIncludedIndex,
  offset,
  bytes,
  total,
  why,
}: Told & { kind: 'SnapshotSent' }): Sentence {
  const part = bytes === total ? '' : ` (bytes ${offset} to ${offset + bytes} of ${total})`
  const sent = strong(`sent ${nameOf(to)} its snapshot up to entry ${lastIncludedIndex}`)
  switch (why) {
    case 'TooFarBehind':
      return say(server, 'beat', rule, sent, `${part}: it no longer has the entries that ${nameOf(to)} lacks`)
    case 'NextChunk':
      return say(server, 'minor', rule, sent, `${part}: the next chunk`)
    case 'Unanswered':
      return say(server, 'quiet', rule, sent, `${part} again: no answer yet`)
    default:
      return unreachable(why)
  }
}

function whyRefused(why: (SnapshotFact & { kind: 'SnapshotRefused' })['why']): string {
  switch (why.kind) {
    case 'StaleTerm':
      return `its term ${why.theirs} is over, the term is ${why.mine}`
    case 'ChunkMissing':
      return `it has ${why.received} bytes, and the chunk begins at ${why.offset}`
    default:
      return unreachable(why)
  }
}
