import { nameOf } from '../../base/ids.ts'
import { isIsolated, select } from '../../store/deeds.ts'
import { app } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import { PROPERTY_WORDS } from '../../words/safety.ts'
import type { Frame, ServerFrame } from '../../worker/protocol.ts'
import { CommandBox } from '../clients/CommandBox.tsx'
import { Button } from '../kit/Button.tsx'
import { termColor } from '../kit/format.ts'
import { indexesOf, serversIn } from '../safety/blame.ts'
import { type Standing, standingOf } from '../stage/members.ts'
import './inspector.css'
import { MembersState, OfficeState, SessionsState, SnapshotState, WritingState } from './LaterState.tsx'
import { Links } from './Links.tsx'
import { PeersTable } from './PeersTable.tsx'
import { ServerActions } from './ServerActions.tsx'
import { DiskState, MemoryState, Store } from './ServerState.tsx'

/** The exact state of the selected server, by the paper's names, and what can be done to it. */
export function ServerPanel() {
  const frame = useCalm((state) => state.frame)
  const selection = useCalm((state) => state.selection)
  if (frame === null) return null
  const id = selection?.kind === 'server' ? selection.server : null
  const server = frame.servers.find((candidate) => candidate.id === id)
  return server === undefined ? <ChooseServer frame={frame} /> : <Inspector frame={frame} server={server} />
}

function Inspector({ frame, server }: { frame: Frame; server: ServerFrame }) {
  const { id } = server
  const alone = frame.servers.length === 1
  return (
    <div className="panel">
      <header className="panel-title">
        <b>{nameOf(id)}</b>
        <Condition frame={frame} server={server} />
      </header>
      <Blame violation={frame.violation} server={id} />
      <ServerActions
        server={id}
        state={server.state}
        leads={server.role === 'leader'}
        cut={cutOf(frame, id)}
        alone={alone}
        rate={server.clockRate}
        ended={frame.end !== null}
      />
      <DiskState frame={frame} server={server} />
      <SnapshotState server={server} />
      <WritingState server={server} />
      <MemoryState frame={frame} server={server} />
      <MembersState frame={frame} server={server} />
      <OfficeState server={server} />
      <PeersTable server={server} settings={frame.settings} />
      <Store server={server} />
      <SessionsState server={server} />
      <section>
        <h3>
          Send it a command <small>as C1, whether it leads or not</small>
        </h3>
        <CommandBox key={id} server={id} name={`Command for ${nameOf(id)}`} />
      </section>
      {!alone && <Links key={id} frame={frame} server={id} />}
    </div>
  )
}

/** The server is one of those that the promise broken here is about. */
function Blame({ violation, server }: { violation: Frame['violation']; server: number }) {
  if (violation === null || !serversIn(violation).includes(server)) return null
  const indexes = indexesOf(violation)
  const entries =
    indexes.length === 0
      ? ''
      : `, about ${indexes.length === 1 ? 'entry' : 'entries'} ${indexes.join(' and ')}`
  return (
    <p className="panel-blame">
      <b>{PROPERTY_WORDS[violation.kind].name}</b> is violated here{entries}.{' '}
      <Button small onClick={() => app.setState({ panel: 'safety' })}>
        See Safety
      </Button>
    </p>
  )
}

function cutOf(frame: Frame, id: number): 'none' | 'some' | 'all' {
  if (isIsolated(frame, id)) return 'all'
  return frame.cuts.some(([from, to]) => from === id || to === id) ? 'some' : 'none'
}

function Condition({ frame, server }: { frame: Frame; server: ServerFrame }) {
  const { role, state, currentTerm, waitingCount } = server
  if (state === 'down') return <span>Crashed: its memory is lost, its disk is kept</span>
  const words = `${nameAs(role, standingOf(frame.servers, server))}, term ${currentTerm}`
  const waits = waitingCount === 1 ? 'one message waits' : `${waitingCount} messages wait`
  return (
    <>
      <span style={role === 'leader' ? { color: termColor(currentTerm), fontWeight: 600 } : undefined}>
        {words}
      </span>
      {state === 'paused' && <span className="chip">Paused, {waits}</span>}
    </>
  )
}

const ROLES = {
  follower: 'Follower',
  'pre-candidate': 'Pre-candidate: asks whether it could win',
  candidate: 'Candidate',
  leader: 'Leader',
} as const

/** Its role, and whether its vote counts, and with whom. */
function nameAs(
  role: ServerFrame['role'],
  { standing, to }: { readonly standing: Standing; readonly to: string },
): string {
  const name = ROLES[role]
  if (standing === 'learner') return role === 'follower' ? 'Learner (non-voting)' : `${name}, non-voting`
  if (standing === 'outside') return role === 'follower' ? 'Not a member' : `${name}, not a member`
  return to === '' ? name : `${name}, member for ${to}`
}

function ChooseServer({ frame }: { frame: Frame }) {
  return (
    <div className="panel">
      <div className="panel-empty">
        <p>
          <b>No server is selected.</b>
          Choose one, here or on the stage, to see its whole state and to crash, pause or cut it off.
        </p>
        <span className="panel-actions">
          {frame.servers.map(({ id }) => (
            <Button key={id} small onClick={() => select(id)}>
              {nameOf(id)}
            </Button>
          ))}
        </span>
      </div>
    </div>
  )
}
