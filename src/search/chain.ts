import type { Micros } from '../base/ids.ts'
import type { Fact } from '../simulation/facts.ts'
import { type Happened, type History, Mark } from '../simulation/history.ts'
import type { Sentence } from '../words/sentence.ts'
import { tell } from '../words/tell.ts'
import type { Finding } from './finding.ts'

/** One event of how something came about, in words. */
export interface Caption {
  readonly event: number
  readonly at: Micros
  readonly sentences: readonly Sentence[]
}

/**
 * The events that led to one, oldest first, that one included: each is the cause of the next. The history's cursor is
 * left behind the event.
 */
export function chainOf<Verdict>(history: History<Verdict>, event: number): Caption[] {
  const chain: Caption[] = []
  for (let at = event; at >= 0; ) {
    const happened = happenedAt(history, at)
    if (happened === null) break
    chain.push(captionOf(happened))
    at = happened.cause
  }
  history.seek(event + 1)
  return chain.reverse()
}

/** How a violation came about: what led to it, what it contradicts and what led there, and all that was done by hand. */
export function captionsOf<Verdict>(history: History<Verdict>, finding: Finding): Caption[] {
  history.seek(finding.event + 1)
  const anchors = [finding.event, ...contradicted(history, finding)]
  const captions = new Map<number, Caption>()
  for (const anchor of anchors)
    for (const caption of chainOf(history, anchor)) captions.set(caption.event, caption)
  for (let event = 0; event <= finding.event; event++) {
    if (((history.marks[event] ?? 0) & Mark.Act) === 0 || captions.has(event)) continue
    const happened = happenedAt(history, event)
    if (happened !== null) captions.set(event, captionOf(happened))
  }
  history.seek(finding.event + 1)
  return [...captions.values()]
    .filter(({ sentences }) => sentences.length > 0)
    .sort((a, b) => a.event - b.event)
}

function happenedAt<Verdict>(history: History<Verdict>, event: number): Happened | null {
  history.seek(event + 1)
  return history.happened?.event === event ? history.happened : null
}

/** What is routine is told only where there is nothing else to tell. */
function captionOf({ event, at, facts }: Happened): Caption {
  const sentences = facts.map(tell)
  const told = sentences.filter(({ weight }) => weight !== 'quiet')
  return { event, at, sentences: told.length > 0 ? told : sentences.slice(0, 1) }
}

/** The events by which the other side of the contradiction came to be, the latest of each. */
function contradicted<Verdict>(history: History<Verdict>, finding: Finding): number[] {
  const isOther = otherSide(finding)
  const last = history.facts.findLast(({ event, fact }) => event <= finding.event && isOther(fact))
  const broken = history.facts.findLast(
    ({ event, fact }) => event <= finding.event && fact.kind === 'RuleBroken',
  )
  return [last, broken].flatMap((record) => (record === undefined ? [] : [record.event]))
}

function otherSide({ violation, kind, servers }: Finding): (fact: Fact) => boolean {
  if (kind === 'Linearizability')
    return (fact) => fact.kind === 'ClientAnswered' && fact.result.kind === 'Done'
  switch (violation?.kind) {
    case 'ElectionSafety':
      return (fact) =>
        fact.kind === 'BecameLeader' && fact.server === servers[1] && fact.term === violation.term
    case 'OneVote':
      return (fact) =>
        fact.kind === 'VoteGranted' && fact.server === servers[0] && fact.candidate === violation.was
    case 'LeaderCompleteness':
      return (fact) =>
        fact.kind === 'Committed' && fact.first <= violation.index && fact.last >= violation.index
    case 'StateMachineSafety':
      return (fact) =>
        (fact.kind === 'Committed' || fact.kind === 'CommitLearned') &&
        fact.server === servers[1] &&
        fact.first <= violation.index &&
        fact.last >= violation.index
    case 'LogMatching':
      return (fact) =>
        (fact.kind === 'EntriesAppended' &&
          fact.server === servers[1] &&
          fact.first <= violation.index &&
          fact.last >= violation.index) ||
        (fact.kind === 'CommandAppended' && fact.server === servers[1] && fact.index === violation.index)
    default:
      return () => false
  }
}
