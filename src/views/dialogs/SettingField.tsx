import { RotateCcw, TriangleAlert } from 'lucide-react'
import { memo, useId } from 'react'
import type { SettingRow } from '../../scenario/settings-table.ts'
import type { Settings } from '../../simulation/settings.ts'
import { sectionTitle } from '../../words/sections.ts'
import { Button } from '../kit/Button.tsx'
import { NumberSetting } from './NumberSetting.tsx'
import { withUnit } from './setting-scale.ts'

interface Props {
  readonly row: SettingRow
  readonly value: Settings[keyof Settings]
  readonly usual: Settings[keyof Settings]
  /** Nothing can be changed here. */
  readonly fixed: boolean
  /** As it is, Raft does not keep what it promises. */
  readonly unsafe: boolean
  /** Has to do with a warning. */
  readonly warned: boolean
  /** The warnings that stand here, one a line. */
  readonly warning: string
  /** While it is being dragged or typed. */
  readonly onDraft: (settings: Partial<Settings>) => void
  readonly onCommit: (settings: Partial<Settings>) => void
}

/** One setting: its name, its value, what it is for, what is usual, and what is doubtful about it. */
export const SettingField = memo(function SettingField(props: Props) {
  const { row, value, usual, fixed, unsafe, warned, warning, onDraft, onCommit } = props
  const id = useId()
  const reset = () => onCommit({ [row.key]: usual })
  return (
    <div className={`setting${warned ? ' warned' : ''}${unsafe ? ' unsafe' : ''}`}>
      <div className="setting-name">
        <span id={id}>{row.label}</span>
        {unsafe && <span className="setting-unsafe">unsafe</span>}
        {warned && !unsafe && <TriangleAlert aria-label="see the warning" />}
        {value !== usual && (
          <Button small look="quiet" className="setting-reset" disabled={fixed} onClick={reset}>
            <RotateCcw aria-hidden="true" /> Usually {usualText(row, usual)}
          </Button>
        )}
        {row.kind === 'switch' && (
          <Switch
            labelId={id}
            value={value === true}
            fixed={fixed}
            onCommit={(on) => onCommit({ [row.key]: on })}
          />
        )}
      </div>
      {row.kind === 'switch' ? null : row.kind === 'choice' ? (
        <Choice row={row} labelId={id} value={value as string} fixed={fixed} onCommit={onCommit} />
      ) : (
        <NumberSetting
          row={row}
          aboutId={`${id}-about`}
          value={value as number}
          fixed={fixed}
          onDraft={(next) => onDraft({ [row.key]: next })}
          onCommit={(next) => onCommit({ [row.key]: next })}
        />
      )}
      <About id={`${id}-about`} about={row.about} rule={row.rule} />
      {warning.split('\n').map(
        (sentence) =>
          sentence !== '' && (
            <p className="setting-warning" key={sentence}>
              {sentence}
            </p>
          ),
      )}
    </div>
  )
})

/** What a setting is for, and where it is written about. */
export function About({ id, about, rule }: { id?: string; about: string; rule: SettingRow['rule'] }) {
  return (
    <p className="setting-about" id={id}>
      {about}
      {rule !== null && (
        <>
          {' '}
          <span className="setting-rule" title={sectionTitle(rule)}>
            {rule}
          </span>
        </>
      )}
    </p>
  )
}

function usualText(row: SettingRow, usual: Settings[keyof Settings]): string {
  if (row.kind === 'switch') return usual === true ? 'on' : 'off'
  if (row.kind !== 'choice') return withUnit(row, usual as number)
  return row.choices.find(({ value }) => value === usual)?.label ?? ''
}

interface SwitchProps {
  readonly labelId: string
  readonly value: boolean
  readonly fixed: boolean
  readonly onCommit: (on: boolean) => void
}

export function Switch({ labelId, value, fixed, onCommit }: SwitchProps) {
  return (
    <div className="segments setting-switch" role="radiogroup" aria-labelledby={labelId}>
      {[true, false].map((on) => (
        <label key={String(on)}>
          <input
            type="radio"
            name={labelId}
            checked={on === value}
            disabled={fixed}
            onChange={() => onCommit(on)}
          />
          <span>{on ? 'on' : 'off'}</span>
        </label>
      ))}
    </div>
  )
}

interface ChoiceProps {
  readonly row: Extract<SettingRow, { kind: 'choice' }>
  readonly labelId: string
  readonly value: string
  readonly fixed: boolean
  readonly onCommit: (settings: Partial<Settings>) => void
}

function Choice({ row, labelId, value, fixed, onCommit }: ChoiceProps) {
  return (
    <div className="segments setting-choice" role="radiogroup" aria-labelledby={labelId}>
      {row.choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={row.key}
            checked={choice.value === value}
            disabled={fixed}
            onChange={() => onCommit({ [row.key]: choice.value })}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  )
}
