import { memo, useEffect, useRef, useState } from 'react'
import { type Address, nameOf } from '../../base/ids.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { MessageName } from '../../simulation/script.ts'
import { goToEvents, goToTime, pause } from '../../store/navigate.ts'
import { app, mirror } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import { gistOf } from '../../words/message-gist.ts'
import { messageTitle } from '../../words/messages.ts'
import type { Frame, Upcoming } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { isSame } from '../kit/is-selected.ts'
import { FlightActions } from '../next/FlightActions.tsx'
import { MessageIcon } from '../next/MessageIcon.tsx'
import { NextRow } from '../next/NextRow.tsx'
import '../next/next.css'
import { findRecord } from './find-record.ts'
import './inspector.css'
import { MessageContents } from './MessageContents.tsx'
import { MessageProgress } from './MessageProgress.tsx'

/** All there is to know about the selected message, and what can be done to it. */
export function MessagePanel() {
  const frame = useCalm((state) => state.frame)
  const name = useCalm((state) => (state.selection?.kind === 'message' ? state.selection.message : null))
  const known = useLastKnown(frame, name)
  if (frame === null) return null
  if (name === null) return <ChooseMessage frame={frame} />
  const flight = findFlight(frame, name)
  return (
    <div className="panel">
      {flight === null ? <Gone name={name} known={known} /> : <OnItsWay flight={flight} frame={frame} />}
      <div className="inspector-ways">
        {flight !== null && flight.cause >= 0 && (
          <button type="button" className="panel-link" onClick={() => goToEvents(flight.cause + 1)}>
            Go to when it was sent
          </button>
        )}
        <button type="button" className="panel-link" onClick={() => app.setState({ selection: null })}>
          Choose another message
        </button>
      </div>
    </div>
  )
}

function findFlight({ flights, servers }: Frame, name: MessageName): Flight | null {
  const waiting = servers.flatMap((server) => server.waiting)
  return [...flights, ...waiting].find((flight) => isSame(flight.name, name)) ?? null
}

/** The selected message as it last was on its way, so that it can still be read when it has arrived. */
function useLastKnown(frame: Frame | null, name: MessageName | null): Flight | null {
  const last = useRef<Flight | null>(null)
  const [known, setKnown] = useState<Flight | null>(null)
  useEffect(() => {
    const flight = frame === null || name === null ? null : findFlight(frame, name)
    if (flight !== null) last.current = flight
    const stillIt = last.current !== null && name !== null && isSame(last.current.name, name)
    setKnown(stillIt ? last.current : null)
  }, [frame, name])
  return known
}

const OnItsWay = memo(function OnItsWay({ flight, frame }: { flight: Flight; frame: Frame }) {
  const { message } = flight
  const waits = frame.servers.some(({ waiting }) => waiting.includes(flight))
  return (
    <>
      <Title flight={flight} />
      {waits ? (
        <p>It has arrived, and waits until {nameOf(message.to)} resumes.</p>
      ) : (
        <>
          <MessageProgress flight={flight} />
          <FlightActions message={flight.name} wordy />
        </>
      )}
      <MessageContents message={message} />
    </>
  )
})

function Title({ flight }: { flight: Flight }) {
  const { message, name } = flight
  const { what, detail } = gistOf(message)
  const title = messageTitle(message.kind)
  return (
    <header className="panel-title">
      <MessageIcon flight={flight} />
      <b>{title}</b>
      <span className="mono">
        {nameOf(message.from)} → {nameOf(message.to)}
      </span>
      <span>{`${what === title ? '' : what}${detail}`.trim()}</span>
      {name.copy > 0 && <span className="chip">copy {name.copy}</span>}
    </header>
  )
}

function Gone({ name, known }: { name: MessageName; known: Flight | null }) {
  const record = recordOfKnown(known) ?? findRecord(mirror.messages, name)
  const now = useCalm((state) => state.frame?.time ?? 0)
  return (
    <>
      {known === null ? <p className="panel-title">{wayOf(name)}</p> : <Title flight={known} />}
      <div className="panel-empty">
        <p>
          <b>It is not on its way at this moment.</b>
          {record === null ? 'It was not sent in what is known of this run.' : fateOf(record, now)}
        </p>
        {record !== null && <Ways record={record} />}
      </div>
      {known !== null && <MessageContents message={known.message} />}
    </>
  )
}

/** Records stand in the order of sending; after an edit, another message may have taken the place. */
function recordOfKnown(known: Flight | null): MessageRecord | null {
  const record = known === null ? undefined : mirror.messages[known.serial]
  const same = record !== undefined && record.sentAt === known?.sentAt && record.to === known.message.to
  return same ? record : null
}

function fateOf({ sentAt, endsAt, lost, to }: MessageRecord, now: number): string {
  if (now < sentAt) return `It is sent at ${msText(sentAt)} ms.`
  if (lost) return `It was sent at ${msText(sentAt)} ms and lost at ${msText(endsAt)} ms.`
  return `It was sent at ${msText(sentAt)} ms and reached ${nameOf(to)} at ${msText(endsAt)} ms.`
}

function Ways({ record }: { record: MessageRecord }) {
  const goToItsEnd = () => {
    pause()
    goToTime(record.endsAt)
  }
  return (
    <span className="panel-actions">
      {record.event >= 0 && (
        <Button small onClick={() => goToEvents(record.event + 1)}>
          Go to when it was sent
        </Button>
      )}
      <Button small onClick={goToItsEnd}>
        Go to when it {record.lost ? 'was lost' : 'arrived'}
      </Button>
    </span>
  )
}

const wayOf = ({ from, to }: MessageName): string =>
  `Message ${nameOf(from as Address)} → ${nameOf(to as Address)}`

function ChooseMessage({ frame }: { frame: Frame }) {
  const script = useCalm((state) => state.scenario.script)
  const messages = frame.upcoming.filter((next): next is Upcoming & { flight: Flight } => 'flight' in next)
  if (messages.length === 0) {
    return (
      <div className="panel">
        <p className="panel-empty">No message is on its way at this moment. Step on until one is sent.</p>
      </div>
    )
  }
  return (
    <div className="inspector-choice">
      <p>Choose a message, here or on the stage.</p>
      <ol className="next-list" aria-label="Messages on their way">
        {messages.map((next) => (
          <NextRow key={next.flight.serial} next={next} script={script} selected={false} />
        ))}
      </ol>
    </div>
  )
}
