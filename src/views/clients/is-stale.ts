import type { ClientId } from '../../base/ids.ts'
import type { Operation } from '../../simulation/clients.ts'
import type { FactRecord } from '../../simulation/columns.ts'
import { mirror } from '../../store/state.ts'

/** Whether a get was answered with less than somebody had been told before it was sent. */
export function isStale(client: ClientId, { cause, command }: Operation): boolean {
  if (command.kind !== 'Get') return false
  for (let i = mirror.factsUpTo(cause); mirror.facts[i]?.event === cause; i++) {
    const { fact } = mirror.facts[i] as FactRecord
    if (fact.kind === 'ClientAnswered' && fact.client === client) return fact.stale
  }
  return false
}
