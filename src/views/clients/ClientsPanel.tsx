import { useState } from 'react'
import { nameOf, type ServerId, serverId } from '../../base/ids.ts'
import { useCalm } from '../../store/throttle.ts'
import type { ClientFrame, Frame } from '../../worker/protocol.ts'
import { CommandBox } from './CommandBox.tsx'
import './clients.css'
import { OperationRow } from './OperationRow.tsx'
import { SteadyRate } from './SteadyRate.tsx'

/** How many finished commands are listed. */
const LATEST = 6

/** The two clients: what they are asked to send, what they wait for, and what became of it (§8). */
export function ClientsPanel() {
  const frame = useCalm((state) => state.frame)
  if (frame === null) return null
  const [byHand, steady] = frame.clients
  return (
    <div className="panel">
      {byHand !== undefined && <ByHand frame={frame} client={byHand} />}
      {steady !== undefined && <Steady frame={frame} client={steady} />}
    </div>
  )
}

function ByHand({ frame, client }: { frame: Frame; client: ClientFrame }) {
  const [to, setTo] = useState<ServerId | null>(null)
  const server = frame.servers.some(({ id }) => id === to) ? to : null
  return (
    <section>
      <h3>
        C1, commands by hand <Belief client={client} />
      </h3>
      <label className="clients-to">
        Send to
        <select
          className="panel-select small"
          value={server ?? ''}
          onChange={({ target }) => setTo(target.value === '' ? null : serverId(Number(target.value)))}
        >
          <option value="">
            {client.leader === null ? 'any server' : `the leader it knows, ${nameOf(client.leader)}`}
          </option>
          {frame.servers.map(({ id }) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
        </select>
      </label>
      <CommandBox id="command-box" name="Command for the cluster" server={server} />
      <Operations client={client} none="It has sent nothing yet. Try put x 3." />
    </section>
  )
}

function Steady({ frame, client }: { frame: Frame; client: ClientFrame }) {
  const rate = frame.settings.clientRate
  const none =
    rate === 0 ? 'It sends nothing. Give it a rate, and it will.' : 'Its first command is due soon.'
  return (
    <section>
      <h3>
        C2, a steady stream <Belief client={client} />
      </h3>
      <SteadyRate rate={rate} />
      <Operations client={client} none={none} />
    </section>
  )
}

function Belief({ client: { leader } }: { client: ClientFrame }) {
  return <small>{leader === null ? 'knows of no leader' : `thinks ${nameOf(leader)} leads`}</small>
}

function Operations({ client, none }: { client: ClientFrame; none: string }) {
  const { open, done } = client
  if (open.length + done.length === 0) return <p className="clients-none">{none}</p>
  return (
    <ol className="clients-operations" aria-label={`Commands of ${nameOf(client.id)}`}>
      {open.map((operation) => (
        <OperationRow key={operation.serial} client={client.id} operation={operation} />
      ))}
      {done
        .slice(-LATEST)
        .reverse()
        .map((operation) => (
          <OperationRow key={operation.serial} client={client.id} operation={operation} />
        ))}
    </ol>
  )
}
