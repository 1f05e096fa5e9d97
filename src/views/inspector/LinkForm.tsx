import { type FormEvent, useId } from 'react'
import { micros, type ServerId } from '../../base/ids.ts'
import type { LinkSettings } from '../../simulation/settings.ts'
import { act } from '../../store/edit.ts'
import { Button } from '../kit/Button.tsx'

interface Props {
  readonly from: ServerId
  readonly to: ServerId
  readonly own: LinkSettings | null
  readonly cluster: LinkSettings
  readonly onDone: () => void
}

type Key = keyof LinkSettings

/** People see milliseconds and per cent; a link has microseconds and parts per million. */
const FIELDS: readonly { key: Key; label: string; unit: string; scale: number; min: number; max: number }[] =
  [
    { key: 'latencyMin', label: 'Shortest latency', unit: 'ms', scale: 1000, min: 0.1, max: 60_000 },
    { key: 'latencyMax', label: 'Longest latency', unit: 'ms', scale: 1000, min: 0.1, max: 60_000 },
    { key: 'loss', label: 'Lost', unit: '%', scale: 10_000, min: 0, max: 100 },
    { key: 'duplicate', label: 'Doubled', unit: '%', scale: 10_000, min: 0, max: 100 },
    {
      key: 'reorder',
      label: 'Held up, so that later ones overtake',
      unit: '%',
      scale: 10_000,
      min: 0,
      max: 100,
    },
  ]

/** Settings of one direction of one link, put in force together. */
export function LinkForm({ from, to, own, cluster, onDone }: Props) {
  const id = useId()
  const settings = own ?? cluster
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    act({ kind: 'SetLink', from, to, settings: read(new FormData(event.currentTarget), settings) })
    onDone()
  }
  const reset = () => {
    act({ kind: 'SetLink', from, to, settings: null })
    onDone()
  }
  return (
    <form className="inspector-link-form" onSubmit={onSubmit}>
      {FIELDS.map(({ key, label, unit, scale, min, max }) => (
        <label key={key} htmlFor={`${id}${key}`}>
          <span>{label}</span>
          <input
            id={`${id}${key}`}
            className="panel-input small"
            name={key}
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step="any"
            required
            defaultValue={settings[key] / scale}
          />
          <span>{unit}</span>
        </label>
      ))}
      <span className="panel-actions">
        <button type="submit" className="button primary small">
          Apply
        </button>
        {own !== null && (
          <Button small onClick={reset}>
            As the whole cluster
          </Button>
        )}
      </span>
    </form>
  )
}

function read(data: FormData, old: LinkSettings): LinkSettings {
  const value = (key: Key): number => {
    const field = FIELDS.find((candidate) => candidate.key === key)
    const number = Number(data.get(key))
    return field === undefined || Number.isNaN(number) ? old[key] : Math.round(number * field.scale)
  }
  const [least, most] = [value('latencyMin'), value('latencyMax')]
  return {
    latencyMin: micros(Math.min(least, most)),
    latencyMax: micros(Math.max(least, most)),
    loss: value('loss'),
    duplicate: value('duplicate'),
    reorder: value('reorder'),
  }
}
