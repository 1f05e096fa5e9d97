import {
  HardDrive,
  HeartPulse,
  Hourglass,
  Layers,
  RotateCw,
  ScrollText,
  Send,
  Timer,
  Users,
} from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { unreachable } from '../../base/assert.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { Intervention, ScriptItem } from '../../simulation/script.ts'
import { act } from '../../store/edit.ts'
import { app } from '../../store/state.ts'
import { aheadText } from '../../words/ahead-text.ts'
import type { Upcoming } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { Countdown } from '../panels/Countdown.tsx'
import { aheadOf, isSameAhead } from './ahead.ts'
import { FlightActions } from './FlightActions.tsx'
import { MessageIcon } from './MessageIcon.tsx'

interface Props {
  readonly next: Upcoming
  readonly script: readonly ScriptItem[]
  readonly selected: boolean
}

/** Something that is due: in how long, what, and what can be done about it. */
export const NextRow = memo(function NextRow({ next, script, selected }: Props) {
  const ahead = aheadOf(next, script)
  if (ahead === null) return null
  const words = aheadText(ahead).map((part, i) =>
    part.strong === true ? <b key={i}>{part.text}</b> : part.text,
  )
  const flight = 'flight' in next ? next.flight : null
  return (
    <li className="next-row" data-kind={next.kind} aria-current={selected ? 'true' : undefined}>
      <span className="next-time">
        <span className="next-in">in </span>
        <Countdown at={next.at} />
      </span>
      <span className="next-icon">{iconOf(next)}</span>
      {flight === null ? (
        <span className="next-words">{words}</span>
      ) : (
        <button
          type="button"
          className="next-words"
          title="Select this message"
          onClick={() => select(flight)}
        >
          {words}
        </button>
      )}
      {flight === null ? <NowButton next={next} /> : <FlightActions message={flight.name} />}
    </li>
  )
}, isUnchanged)

/** Each frame brings new objects for the same things: a row is drawn anew only if its words would differ. */
function isUnchanged(a: Props, b: Props): boolean {
  return a.selected === b.selected && a.script === b.script && isSameAhead(a.next, b.next)
}

const select = ({ name }: Flight): void => app.setState({ selection: { kind: 'message', message: name } })

function NowButton({ next }: { next: Upcoming }) {
  const intervention = atOnce(next)
  if (intervention === null) return null
  return (
    <span className="next-actions">
      <Button small look="quiet" title="Let it happen now" onClick={() => act(intervention)}>
        Now
      </Button>
    </span>
  )
}

/** How to make it happen at once; `null` for what cannot be. */
function atOnce(next: Upcoming): Intervention | null {
  switch (next.kind) {
    case 'Election':
      return { kind: 'TimeOut', server: next.server }
    case 'Heartbeat':
      return { kind: 'Heartbeat', server: next.server }
    case 'Retry':
      return { kind: 'Retry', server: next.server, peer: next.peer }
    case 'ClientWait':
      return { kind: 'ClientTimeOut', client: next.client, serial: next.operation.serial }
    case 'Arrival':
    case 'Loss':
    case 'Written':
    case 'Snapshot':
    case 'QuorumCheck':
    case 'Batch':
    case 'TransferEnd':
    case 'CatchUpEnd':
    case 'ClientCommand':
    case 'Act':
      return null
    default:
      return unreachable(next)
  }
}

function iconOf(next: Upcoming): ReactNode {
  switch (next.kind) {
    case 'Arrival':
    case 'Loss':
      return <MessageIcon flight={next.flight} />
    case 'Election':
      return <Timer aria-hidden="true" />
    case 'Heartbeat':
      return <HeartPulse aria-hidden="true" />
    case 'Retry':
      return <RotateCw aria-hidden="true" />
    case 'Written':
      return <HardDrive aria-hidden="true" />
    case 'Snapshot':
      return <Layers aria-hidden="true" />
    case 'QuorumCheck':
      return <Users aria-hidden="true" />
    case 'Batch':
      return <Send aria-hidden="true" />
    case 'TransferEnd':
    case 'CatchUpEnd':
    case 'ClientWait':
      return <Hourglass aria-hidden="true" />
    case 'ClientCommand':
      return <Send aria-hidden="true" />
    case 'Act':
      return <ScrollText aria-hidden="true" />
    default:
      return unreachable(next)
  }
}
