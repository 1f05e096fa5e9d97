import { useId } from 'react'
import type { UnsafeWay } from '../../scenario/unsafe-ways.ts'
import type { Settings } from '../../simulation/settings.ts'
import { isWayBroken, waysAmongOthers } from '../../store/unsafe-ways.ts'
import { About, Switch } from './SettingField.tsx'

interface Props {
  readonly settings: Settings
  readonly clocks: readonly number[]
  /** The settings among them that break what Raft promises. */
  readonly unsafe: readonly (keyof Settings)[]
  readonly fixed: boolean
  readonly onCommit: (settings: Partial<Settings>) => void
}

/** The unsafe ways that are one value of a setting further up, so that the list of rules to break is whole. */
export function UnsafeWays({ settings, clocks, unsafe, fixed, onCommit }: Props) {
  return waysAmongOthers.map((way) => {
    const isBroken = isWayBroken(way, settings, clocks)
    return (
      <Way
        key={way.id}
        way={way}
        broken={isBroken}
        unsafe={isBroken && unsafe.includes(way.key)}
        fixed={fixed}
        onSwitch={(on) => onCommit(on ? way.broken : way.kept)}
      />
    )
  })
}

const UNCOUNTED =
  'Sessions are off in all the paper’s figures, so that alone does not count as a broken rule.'

interface WayProps {
  readonly way: UnsafeWay
  readonly broken: boolean
  readonly unsafe: boolean
  readonly fixed: boolean
  readonly onSwitch: (on: boolean) => void
}

function Way({ way, broken, unsafe, fixed, onSwitch }: WayProps) {
  const id = useId()
  return (
    <div className={unsafe ? 'setting unsafe' : 'setting'}>
      <div className="setting-name">
        <span id={id}>{way.label}</span>
        {unsafe && <span className="setting-unsafe">unsafe</span>}
        {way.byClocks === undefined && (
          <Switch labelId={id} value={broken} fixed={fixed} onCommit={onSwitch} />
        )}
      </div>
      <About about={way.key === 'sessions' ? `${way.about} ${UNCOUNTED}` : way.about} rule={way.rule} />
    </div>
  )
}
