import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { SnapshotFact } from '../raft/snapshot-facts.ts'
import { entries, of, type Sentence, say, strong } from './sentence.ts'

type Told = RaftFact & SnapshotFact

/** §7: snapshots, and how a follower that is far behind gets one. */
export function tellSnapshot(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'SnapshotTaken': {
      const { first, last, bytes } = fact
      const taken = strong(`took a snapshot up to entry ${last}`)
      return say(server, 'beat', rule, taken, `: its ${bytes} bytes replace ${entries(first, last)}`)
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
      const ignored = strong(`ignored ${of(leader)} snapshot up to entry ${lastIncludedIndex}`)
      return say(server, 'beat', rule, ignored, `: it has committed up to ${commitIndex} already`)
    }
    case 'SnapshotInstalled': {
      const { leader, lastIncludedIndex, kept, dropped } = fact
      const log =
        dropped > 0 ? ', in place of its own log' : kept > 0 ? ', and keeps what follows in its log' : ''
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
      return say(
        server,
        'quiet',
        rule,
        `ignored ${of(fact.follower)} answer to a snapshot: ${whyNoNews(fact)}`,
      )
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
  const isWhole = bytes === total
  const part = isWhole ? '' : ` (bytes ${offset + 1} to ${offset + bytes} of ${total})`
  const sent = strong(`sent ${nameOf(to)} its snapshot up to entry ${lastIncludedIndex}`)
  switch (why) {
    case 'TooFarBehind':
      return say(server, 'beat', rule, sent, `${part}: it no longer has the entries that ${nameOf(to)} lacks`)
    case 'NextChunk':
      return say(server, 'minor', rule, strong(`sent ${nameOf(to)} more of its snapshot`), part)
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

const whyNoNews = ({ laterTerm }: SnapshotFact & { kind: 'SnapshotReplyIgnored' }): string =>
  laterTerm ? 'it comes from a later term' : 'it is out of date'
