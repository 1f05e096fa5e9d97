import { type Address, nameOf } from '../base/ids.ts'
import type { ClientOperation, Value } from '../check/client-operation.ts'
import type { Evidence } from '../check/evidence.ts'
import { commandWords, resultText } from './commands.ts'

/** Two sentences about an answer that cannot be; `who` gave it. */
export function tellEvidence(
  { key, operation, found, possible, source }: Evidence,
  who: string,
): [string, string] {
  const { command, answered } = operation
  const given = answered === null ? '' : ` “${resultText(command, answered.result)}”`
  const was = source === null && found !== null ? 'which nobody has written' : whatItWas(key, possible)
  return [
    `${ownerOf(operation)} was answered${given} by ${who}, ${was}.`,
    'A single store that handles one command at a time could not have given this answer, whatever moment between its sending and its answer each command took effect at.',
  ]
}

function whatItWas(key: string, possible: readonly Value[]): string {
  if (possible.length === 0) return `and nothing that clients did leaves ${key} so`
  const values = possible.slice(0, 3).map((value) => value ?? 'nothing')
  const more = possible.length > values.length ? ' or others' : ''
  return `but all the while ${key} can only have held ${values.join(' or ')}${more}`
}

/** `C1’s get x`; what the logs began with has no client. */
function ownerOf({ client, command }: ClientOperation): string {
  const words = commandWords(command)
  return client === null ? `${words}, there from the start,` : `${nameOf(client as Address)}’s ${words}`
}

/** One line of evidence: `C1’s put x 2: sent at 600 ms, answered “done” at 640 ms`. */
export function operationText(operation: ClientOperation): string {
  const { command, invoked, answered, client } = operation
  const sent =
    client === null
      ? ownerOf(operation).replace(/,$/, '')
      : `${ownerOf(operation)}: sent at ${msOf(invoked.at)}`
  if (answered === null) return client === null ? sent : `${sent}, no answer taken`
  return `${sent}, answered “${resultText(command, answered.result)}” at ${msOf(answered.at)}`
}

/** As the page writes moments: what has begun is told. */
const msOf = (at: number): string => `${(Math.floor(at / 100) / 10).toFixed(1)} ms`
