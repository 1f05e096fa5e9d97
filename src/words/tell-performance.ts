import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { PerformanceFact } from '../raft/replication-facts.ts'
import { entries, type Sentence, say, strong } from './sentence.ts'

type Told = RaftFact & PerformanceFact

const WHY_MODE: Readonly<Record<(Told & { kind: 'ModeChanged' })['why'], string>> = {
  Matched: 'it is known where the logs agree',
  Refused: 'it refused',
  Unanswered: 'it does not answer',
  TurnedOff: 'pipelining is off',
}

/** D 10.2: what makes replication fast, and what waits for a disk. */
export function tellPerformance(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'BatchStarted':
      return say(server, 'minor', rule, strong('waits for more commands'), ', to send them together')
    case 'BatchSent':
      return say(
        server,
        'minor',
        rule,
        strong('sent what it had collected'),
        `: ${entries(fact.first, fact.last)}`,
      )
    case 'PipelineFull':
      return say(
        server,
        'quiet',
        rule,
        `sends ${nameOf(fact.to)} no more for now: ${fact.inFlight} of its messages are on their way`,
      )
    case 'ModeChanged': {
      const { follower, mode, why } = fact
      const reason = `: ${WHY_MODE[why]}`
      const what =
        mode === 'probe' ? `probes ${nameOf(follower)}` : `replicates to ${nameOf(follower)} without waiting`
      return say(server, 'minor', rule, strong(what), reason)
    }
    case 'WriteDone':
      return say(
        server,
        'minor',
        rule,
        strong('finished writing'),
        `: its log is on its disk up to ${fact.upTo}`,
      )
    default:
      return unreachable(fact)
  }
}
