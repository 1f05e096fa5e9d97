import { AlarmClock, Link2, Pause, Play, Power, RotateCcw, Unlink } from 'lucide-react'
import { memo } from 'react'
import type { ServerId } from '../../base/ids.ts'
import { act } from '../../store/edit.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { MoreServerActions } from './MoreServerActions.tsx'

interface Props {
  readonly server: ServerId
  readonly state: ServerFrame['state']
  readonly leads: boolean
  /** Which of its links are cut. */
  readonly cut: 'none' | 'some' | 'all'
  /** It is the only server of its cluster. */
  readonly alone: boolean
  readonly rate: number
  /** The run is over: nothing can be done here. */
  readonly ended: boolean
}

const RATES = [500, 800, 1000, 1200, 2000]

/** What can be done to a server. */
export const ServerActions = memo(function ServerActions(props: Props) {
  const { server, state, leads, cut, alone, rate, ended } = props
  const up = state === 'up'
  const rates = RATES.includes(rate) ? RATES : [...RATES, rate].sort((a, b) => a - b)
  return (
    <>
      <fieldset className="panel-actions" disabled={ended}>
        <legend className="unseen">What to do to it</legend>
        {state === 'down' ? (
          <Button small look="primary" onClick={() => act({ kind: 'Restart', server })}>
            <RotateCcw />
            Restart
          </Button>
        ) : (
          <Button small look="danger" onClick={() => act({ kind: 'Crash', server })}>
            <Power />
            Crash
          </Button>
        )}
        {state === 'paused' ? (
          <Button small look="primary" onClick={() => act({ kind: 'Resume', server })}>
            <Play />
            Resume
          </Button>
        ) : (
          <Button small disabled={!up} onClick={() => act({ kind: 'Pause', server })}>
            <Pause />
            Pause
          </Button>
        )}
        <Button
          small
          disabled={!up || leads}
          title={leads ? 'A leader has no election timer' : 'Its election timer runs out now'}
          onClick={() => act({ kind: 'TimeOut', server })}
        >
          <AlarmClock />
          Time out now
        </Button>
        {!alone && cut !== 'all' && (
          <Button small title="Cut it off from all others" onClick={() => act({ kind: 'Isolate', server })}>
            <Unlink />
            Isolate
          </Button>
        )}
        {cut !== 'none' && (
          <Button small title="Every cut of the cluster ends" onClick={() => act({ kind: 'Heal' })}>
            <Link2 />
            Heal all
          </Button>
        )}
        <label className="inspector-clock">
          Clock
          <select
            className="panel-select small"
            value={rate}
            onChange={(event) => act({ kind: 'SetClock', server, rate: Number(event.target.value) })}
          >
            {rates.map((thousandths) => (
              <option key={thousandths} value={thousandths}>
                {thousandths / 10} %
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <MoreServerActions id={server} />
    </>
  )
})
