import type { ServerId } from '../base/ids.ts'
import { breaks } from './broken-rules.ts'
import { hasQuorum } from './configuration.ts'
import type { Context } from './effects.ts'
import { configuration, type Server } from './server.ts'
import type { RaftSettings } from './settings.ts'

/** §5.2: whether enough voters agree for this server to go by it: a majority, unless a minority counts as one. */
export function isEnough(server: Server, agrees: (id: ServerId) => boolean, context: Context): boolean {
  const members = configuration(server)
  if (hasQuorum(members, agrees)) return true
  return hasQuorum(members, agrees, 1) && breaks(server, 'countMinority', context)
}

/** How many servers less than a majority are enough: none. */
export const shortOf = ({ countMinority }: RaftSettings): number => (countMinority ? 1 : 0)
