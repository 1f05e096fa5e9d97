import { type KeyboardEvent, useMemo, useState } from 'react'
import { type NumberRow, shown, stepped, stopAt, stops, typed, withUnit } from './setting-scale.ts'

interface Props {
  readonly row: NumberRow
  readonly aboutId: string
  readonly value: number
  readonly fixed: boolean
  /** While it is being dragged or typed. */
  readonly onDraft: (value: number) => void
  /** When that is over. */
  readonly onCommit: (value: number) => void
}

/** A slider for round values and a field for exact ones. */
export function NumberSetting(props: Props) {
  const { row, value, fixed, onDraft, onCommit } = props
  const all = useMemo(() => stops(row), [row])
  const commit = () => onCommit(value)
  return (
    <div className="setting-number">
      <input
        type="range"
        min={0}
        max={all.length - 1}
        value={stopAt(all, value)}
        disabled={fixed}
        aria-label={row.label}
        aria-describedby={props.aboutId}
        aria-valuetext={withUnit(row, value)}
        onChange={({ currentTarget }) => onDraft(all[Number(currentTarget.value)] ?? value)}
        onPointerUp={commit}
        onPointerCancel={commit}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
      <TypedNumber {...props} />
      <span className="setting-unit">{row.unit}</span>
    </div>
  )
}

function TypedNumber({ row, aboutId, value, fixed, onDraft, onCommit }: Props) {
  /** What is being typed; `null` while nothing is. */
  const [text, setText] = useState<string | null>(null)
  const bad = text !== null && typed(row, text) === null
  const draft = (next: string) => {
    setText(next)
    const found = typed(row, next)
    if (found !== null) onDraft(found)
  }
  const commit = () => {
    if (text !== null && !bad) onCommit(value)
    setText(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit()
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    draft(shown(row, stepped(row, value, event.key === 'ArrowUp' ? 1 : -1)))
  }
  return (
    <>
      <input
        className="field"
        inputMode="decimal"
        autoComplete="off"
        value={text ?? shown(row, value)}
        disabled={fixed}
        aria-label={row.label}
        aria-describedby={aboutId}
        aria-invalid={bad}
        onChange={({ currentTarget }) => draft(currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {bad && (
        <p className="setting-bad" role="alert">
          From {withUnit(row, row.min)} to {withUnit(row, row.max)}.
        </p>
      )}
    </>
  )
}
