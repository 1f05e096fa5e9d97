import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { ReadFact } from '../raft/client-facts.ts'
import type { RaftFact } from '../raft/facts.ts'
import { ms, names, of, type Sentence, say, strong } from './sentence.ts'

type Told = RaftFact & ReadFact
type Way = (ReadFact & { kind: 'ReadAnswered' })['way']

/** D 6.4: reads that do not go through the log. */
export function tellRead(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'ReadStarted': {
      const asks = `: first, ${whoConfirms(fact)} that it still leads`
      return say(
        server,
        'minor',
        rule,
        strong(`took readIndex ${fact.index}`),
        ` for ${of(fact.client)} get ${fact.key}`,
        asks,
      )
    }
    case 'ReadHeld': {
      const why = `: no entry of its own term ${fact.term} is committed yet, so it cannot know what else is`
      return say(server, 'beat', rule, strong(`holds ${of(fact.client)} get ${fact.key} back`), why)
    }
    case 'LeaseOver':
      return say(
        server,
        'minor',
        rule,
        strong('has no lease now'),
        `: for ${of(fact.client)} get ${fact.key} it asks the others whether it still leads`,
      )
    case 'ReadAnswered':
      return tellAnswer(fact)
    case 'ReadsDropped': {
      const what = fact.count === 1 ? 'one read' : `${fact.count} reads`
      return say(server, 'minor', rule, strong(`turned away ${what}`), ': it no longer leads')
    }
    default:
      return unreachable(fact)
  }
}

function whoConfirms({ askedOf }: Told & { kind: 'ReadStarted' }): string {
  switch (askedOf) {
    case undefined:
      return 'a majority has to confirm'
    case 'Majorities':
      return 'majorities of the old members and of the new have to confirm'
    case 'Minority':
      return 'a minority, which it takes as enough, has to confirm'
    default:
      return unreachable(askedOf)
  }
}

function tellAnswer({
  server,
  rule,
  client,
  key,
  value,
  index,
  way,
}: Told & { kind: 'ReadAnswered' }): Sentence {
  const found = value === null ? `there is no ${key}` : `${key} is ${value}`
  const answered = strong(`answered ${nameOf(client)}: ${found}`)
  const asOf = `, as of entry ${index}`
  switch (way.kind) {
    case 'readIndex': {
      return say(server, 'minor', rule, answered, `${asOf}; ${whoConfirmed(way)}`)
    }
    case 'lease':
      return say(server, 'minor', rule, answered, `${asOf}; its lease lasts ${ms(way.left)} more`)
    case 'local':
      return say(server, 'minor', rule, answered, `${asOf}; it asked nobody whether it still leads`)
    default:
      return unreachable(way)
  }
}

function whoConfirmed({ heard, unchecked }: Extract<Way, { kind: 'readIndex' }>): string {
  if (heard.length === 0) return 'it is its own majority'
  const counted = 'which it takes for a yes, whatever the term'
  return unchecked === true
    ? `${names(heard)} answered, ${counted}`
    : `${names(heard)} confirmed that it leads`
}
