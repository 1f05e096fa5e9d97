import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { SettingsFact } from '../simulation/facts.ts'
import { type Sentence, say, strong } from './sentence.ts'
import { changeText, diskText, linkText, rateText } from './settings.ts'

/** What somebody changed about the whole cluster, or about what one server has and is. */
export function tellSettings(fact: SettingsFact): Sentence {
  switch (fact.kind) {
    case 'StorageLost': {
      const lost = fact.what === 'vote' ? 'its vote' : 'everything on its disk'
      return say(fact.server, 'beat', null, strong(`lost ${lost}`), ': Raft assumes that this never happens')
    }
    case 'ServerAdded':
      return say(
        fact.server,
        'beat',
        null,
        strong('was started'),
        ': its log is empty, and it belongs to no cluster yet',
      )
    case 'DiskChanged': {
      return say(fact.server, 'beat', null, strong(`now has a disk that ${diskText(fact.latency)}`))
    }
    case 'ClockChanged':
      return say(fact.server, 'beat', null, strong(`now has a clock at ${rateText(fact.rate)} speed`))
    case 'SettingsChanged':
      return say(null, 'beat', null, strong('Settings changed'), `: ${changeText(fact.settings)}`)
    case 'LinkChanged': {
      const changed = strong(`Link from ${nameOf(fact.from)} to ${nameOf(fact.to)} changed`)
      return say(null, 'beat', null, changed, `: ${linkText(fact.settings)}`)
    }
    default:
      return unreachable(fact)
  }
}
