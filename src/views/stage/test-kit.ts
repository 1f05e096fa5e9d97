import { logIndex, NEVER } from '../../base/ids.ts'
import type { OfficeFrame } from '../../worker/protocol.ts'

/** A leader that has nothing to do but to lead. */
export const office: OfficeFrame = {
  transfer: null,
  change: null,
  reads: [],
  leaseUntil: null,
  quorumDue: NEVER,
  batchDue: NEVER,
  batchFrom: logIndex(0),
}
