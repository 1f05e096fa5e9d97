import { unreachable } from '../base/assert.ts'
import { type Address, nameOf } from '../base/ids.ts'
import type { Intervention, MessageName } from '../simulation/script.ts'
import type { Settings } from '../simulation/settings.ts'
import { commandWords } from './commands.ts'
import { changeText, rateText } from './settings.ts'

const MOST = 20

/** What stands beside an intervention's mark on the timeline: at most 20 characters. */
export function actText(act: Intervention): string {
  const text = actWords(act)
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1)}…`
}

function actWords(act: Intervention): string {
  switch (act.kind) {
    case 'Crash':
      return `${nameOf(act.server)} crashed`
    case 'Restart':
      return `${nameOf(act.server)} restarted`
    case 'Pause':
      return `${nameOf(act.server)} paused`
    case 'Resume':
      return `${nameOf(act.server)} resumed`
    case 'TimeOut':
      return `${nameOf(act.server)} timed out`
    case 'Heartbeat':
      return `${nameOf(act.server)} heartbeats`
    case 'Retry':
      return `${arrow(act.server, act.peer)} sent again`
    case 'RestartWithout':
      return `${nameOf(act.server)} ${act.loses === 'vote' ? 'lost its vote' : 'disk emptied'}`
    case 'Transfer':
      return `lead ${arrow(act.server, act.to)}`
    case 'SetDisk':
      return `${nameOf(act.server)} disk${act.latency === null ? '' : ` ${act.latency / 1000} ms`}`
    case 'ChangeMembers':
      return [...act.add.map((id) => `+${nameOf(id)}`), ...act.remove.map((id) => `−${nameOf(id)}`)].join(' ')
    case 'SetClock':
      return `${nameOf(act.server)} clock ${rateText(act.rate)}`
    case 'Partition':
      return 'Partition'
    case 'Isolate':
      return `${nameOf(act.server)} isolated`
    case 'Cut':
      return `${arrow(act.from, act.to)} cut`
    case 'Mend':
      return `${arrow(act.from, act.to)} mended`
    case 'Heal':
      return 'Healed'
    case 'Command':
      return commandWords(act.command)
    case 'Drop':
      return `${arrowOf(act.message)} dropped`
    case 'Delay':
      return `${arrowOf(act.message)} delayed`
    case 'Duplicate':
      return `${arrowOf(act.message)} doubled`
    case 'Deliver':
      return `${arrowOf(act.message)} hurried`
    case 'ClientTimeOut':
      return `${nameOf(act.client)} timed out`
    case 'Change':
      return changeWords(act.settings)
    case 'SetLink':
      return `${arrow(act.from, act.to)} settings`
    default:
      return unreachable(act)
  }
}

/** One setting by its name and value, if there is room; several by what they are. */
function changeWords(settings: Partial<Settings>): string {
  const text = changeText(settings)
  return Object.keys(settings).length === 1 && text.length <= MOST ? text : 'Settings'
}

const arrow = (from: Address, to: Address): string => `${nameOf(from)}→${nameOf(to)}`

const arrowOf = ({ from, to }: MessageName): string => arrow(from as Address, to as Address)
