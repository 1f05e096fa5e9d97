import { NEVER } from '../base/ids.ts'
import type { Context } from './effects.ts'
import { stopPipelining } from './pipeline.ts'
import { forgetLease } from './reads.ts'
import type { Server } from './server.ts'
import type { RaftSettings } from './settings.ts'

/** The settings are others than before: what was promised or sent under the old ones must not count under the new. */
export function onSettingsChanged(server: Server, was: RaftSettings, context: Context): void {
  const { reads, electionTimeoutMin, pipeline, batchDelay } = context.settings
  if (reads === 'lease' && (was.reads !== reads || was.electionTimeoutMin !== electionTimeoutMin))
    forgetLease(server, context)
  // What is being collected is due before commands go out at once; one that is paused sends it when it resumes.
  if (batchDelay === 0 && server.batchDue !== NEVER) server.batchDue = context.now
  if (pipeline === 0 && was.pipeline !== 0)
    for (const peer of server.peers) stopPipelining(server, peer, context)
}
