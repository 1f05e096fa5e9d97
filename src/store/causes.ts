import type { Answers } from '../worker/protocol.ts'
import { currentEngine } from './edit.ts'

export type Causes = Answers['causes']['links']

/** How what was broken in an event came about; `null` if the worker cannot tell. */
export async function causesOf(event: number): Promise<Causes | null> {
  const answer = await currentEngine()
    ?.ask({ kind: 'causes', event })
    .catch(() => null)
  return answer?.links ?? null
}
