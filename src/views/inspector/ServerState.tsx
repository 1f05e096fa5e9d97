import { HardDrive, MemoryStick } from 'lucide-react'
import { nameOf, type ServerId } from '../../base/ids.ts'
import type { Frame, ServerFrame } from '../../worker/protocol.ts'
import { durationText, termColor } from '../kit/format.ts'
import { Countdown } from '../panels/Countdown.tsx'
import { Field } from './Field.tsx'
import { LeaderHeard } from './LaterState.tsx'

/** Figure 2, "Persistent state on all servers". */
export function DiskState({ frame, server }: { frame: Frame; server: ServerFrame }) {
  const { currentTerm, votedFor, lastIndex, lastTerm, diskLatency, writing } = server
  const latency = diskLatency ?? frame.settings.diskLatency
  return (
    <section>
      <h3>
        <HardDrive aria-hidden="true" /> {writing === null ? 'On disk' : 'On disk, or on the way there'}{' '}
        <small>
          {writing === null
            ? 'currentTerm, votedFor and log[] survive a crash'
            : 'what is written survives a crash'}
        </small>
      </h3>
      <dl className="inspector-fields">
        <Field name="currentTerm">
          <TermValue term={currentTerm} />
        </Field>
        <Field name="votedFor">{nameOrNone(votedFor)}</Field>
        <Field name="lastLogIndex">{lastIndex}</Field>
        <Field name="lastLogTerm">
          <TermValue term={lastTerm} />
        </Field>
        {latency > 0 && (
          <Field name="disk latency">
            {durationText(latency)}
            {diskLatency !== null && <small>of this disk alone</small>}
          </Field>
        )}
      </dl>
    </section>
  )
}

/** Figure 2, "Volatile state on all servers", and what else a server keeps in memory. */
export function MemoryState({ frame, server }: { frame: Frame; server: ServerFrame }) {
  const { role, leaderId, commitIndex, lastApplied, clockRate, state } = server
  const lost = state === 'down' ? 'lost in the crash; what it will start with' : 'lost in a crash'
  return (
    <section>
      <h3>
        <MemoryStick aria-hidden="true" /> In memory <small>{lost}</small>
      </h3>
      <dl className="inspector-fields">
        <Field name="role">{role}</Field>
        <Field name="leaderId">{nameOrNone(leaderId)}</Field>
        <Field name="commitIndex">{commitIndex}</Field>
        <Field name="lastApplied">{lastApplied}</Field>
        <Field name="election timer">
          <ElectionTimer server={server} />
        </Field>
        <Field name="clock">{clockRate / 10} %</Field>
        <LeaderHeard frame={frame} server={server} />
      </dl>
    </section>
  )
}

function ElectionTimer({ server: { state, role, electionDue } }: { server: ServerFrame }) {
  if (state === 'down') return 'off'
  if (state === 'paused') return 'stands still'
  if (role === 'leader' || electionDue === Infinity) return 'none'
  return (
    <>
      <Countdown at={electionDue} />
      <small>left</small>
    </>
  )
}

/** The state machine's contents. */
export function Store({ server: { store, lastApplied } }: { server: ServerFrame }) {
  return (
    <section>
      <h3>
        Key-value store <small>what applying entries 1 to lastApplied has made</small>
      </h3>
      {store.length === 0 ? (
        <p className="inspector-none">{lastApplied === 0 ? 'Empty: nothing is applied yet.' : 'Empty.'}</p>
      ) : (
        <ul className="inspector-store">
          {store.map(([key, value]) => (
            <li key={key}>
              <b>{key}</b> = {value}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function TermValue({ term }: { term: number }) {
  return term === 0 ? '0' : <b style={{ color: termColor(term) }}>{term}</b>
}

const nameOrNone = (id: ServerId | null): string => (id === null ? 'none' : nameOf(id))
