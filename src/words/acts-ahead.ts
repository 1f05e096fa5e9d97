import { unreachable } from '../base/assert.ts'
import { type Address, nameOf } from '../base/ids.ts'
import type { Intervention, MessageName } from '../simulation/script.ts'
import { commandWords } from './commands.ts'
import { groupsText } from './sentence.ts'
import { changeText, diskText, rateText } from './settings.ts'

/** An intervention that the script still holds: `S4 crashes` */
export function actAhead(act: Intervention): string {
  switch (act.kind) {
    case 'Crash':
      return `${nameOf(act.server)} crashes`
    case 'Restart':
      return `${nameOf(act.server)} restarts`
    case 'Pause':
      return `${nameOf(act.server)} is paused`
    case 'Resume':
      return `${nameOf(act.server)} resumes`
    case 'TimeOut':
      return `${nameOf(act.server)} times out`
    case 'Heartbeat':
      return `${nameOf(act.server)} sends heartbeats`
    case 'Retry':
      return `${nameOf(act.server)} sends again to ${nameOf(act.peer)}`
    case 'RestartWithout':
      return `${nameOf(act.server)} restarts ${act.loses === 'vote' ? 'without its vote' : 'with an empty disk'}`
    case 'Transfer':
      return `${nameOf(act.server)} hands leadership over to ${nameOf(act.to)}`
    case 'SetDisk':
      return `${nameOf(act.server)}’s disk ${diskText(act.latency)}`
    case 'ChangeMembers':
      return `C1 asks to ${commandWords(act)}`
    case 'SetClock':
      return `${nameOf(act.server)}’s clock runs at ${rateText(act.rate)}`
    case 'Partition':
      // Those in no group form one more: who that is depends on who is there by then.
      return `partition ${groupsText(act.groups)}${act.groups.length < 2 ? ' | all others' : ''}`
    case 'Isolate':
      return `${nameOf(act.server)} is isolated`
    case 'Cut':
      return `the link ${arrow(act.from, act.to)} is cut`
    case 'Mend':
      return `the link ${arrow(act.from, act.to)} is mended`
    case 'Heal':
      return 'every cut heals'
    case 'Command':
      return `C1 sends ${commandWords(act.command)}`
    case 'Drop':
      return `a message ${arrowOf(act.message)} is dropped`
    case 'Delay':
      return `a message ${arrowOf(act.message)} is delayed`
    case 'Duplicate':
      return `a message ${arrowOf(act.message)} is doubled`
    case 'Deliver':
      return `a message ${arrowOf(act.message)} is delivered at once`
    case 'ClientTimeOut':
      return `${nameOf(act.client)} stops waiting`
    case 'Change':
      return `settings change: ${changeText(act.settings)}`
    case 'SetLink':
      return `the link ${arrow(act.from, act.to)} gets ${act.settings === null ? 'the cluster’s settings' : 'other settings'}`
    default:
      return unreachable(act)
  }
}

const arrow = (from: Address, to: Address): string => `${nameOf(from)}→${nameOf(to)}`

const arrowOf = ({ from, to }: MessageName): string => arrow(from as Address, to as Address)
