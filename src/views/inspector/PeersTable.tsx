import type { ReactNode } from 'react'
import { type Micros, nameOf } from '../../base/ids.ts'
import { majorityOf } from '../../raft/configuration.ts'
import type { Settings } from '../../simulation/settings.ts'
import type { PeerFrame, ServerFrame } from '../../worker/protocol.ts'
import { Countdown, Elapsed } from '../panels/Countdown.tsx'

interface Props {
  readonly server: ServerFrame
  readonly settings: Settings
}

interface Column {
  readonly name: string
  readonly of: (peer: PeerFrame) => ReactNode
}

/** What a leader or a candidate keeps about each other server. */
export function PeersTable({ server, settings }: Props) {
  const { role, peers } = server
  if (role === 'follower' || peers.length === 0) return null
  const leads = role === 'leader'
  const columns = leads ? leaderColumns(server, settings) : candidateColumns(server)
  return (
    <section>
      <h3>
        {leads ? 'Its followers' : role === 'candidate' ? 'Votes' : 'Who would vote for it'}{' '}
        <small>{leads ? 'volatile, new with each election' : votesText(server)}</small>
      </h3>
      <table className={columns.length > 5 ? 'inspector-peers many' : 'inspector-peers'}>
        <thead>
          <tr>
            <th scope="col">Server</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {peers.map((peer) => (
            <tr key={peer.id} data-vote={leads ? undefined : peer.vote}>
              <th scope="row">{nameOf(peer.id)}</th>
              {columns.map(({ name, of }) => (
                <td key={name}>{of(peer)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The columns that the settings give a meaning to. */
function leaderColumns({ lastIndex, peers, state }: ServerFrame, settings: Settings): Column[] {
  const runs = state === 'up'
  const columns: Column[] = [
    { name: 'nextIndex', of: ({ nextIndex }) => nextIndex },
    {
      name: 'matchIndex',
      of: ({ matchIndex }) => (
        <>
          {matchIndex}
          {matchIndex === lastIndex && <span className="inspector-full"> all</span>}
        </>
      ),
    },
  ]
  if (settings.pipeline > 0 || peers.some(({ mode }) => mode === 'snapshot'))
    columns.push({ name: 'mode', of: modeText })
  if (settings.pipeline > 0)
    columns.push({ name: 'in flight', of: ({ inFlight }) => `${inFlight}/${settings.pipeline}` })
  if (settings.checkQuorum || settings.reads === 'lease')
    columns.push({
      name: 'heard ago',
      of: ({ heardAt }) => (heardAt < 0 ? <None>never</None> : <Elapsed at={heardAt} />),
    })
  return [
    ...columns,
    { name: 'heartbeat in', of: ({ heartbeatDue }) => <Due at={heartbeatDue} runs={runs} /> },
    { name: 'sent again in', of: ({ retryDue }) => <Due at={retryDue} runs={runs} /> },
  ]
}

const candidateColumns = ({ state }: ServerFrame): Column[] => [
  { name: 'answer', of: ({ vote }) => <span className="inspector-vote">{VOTES[vote]}</span> },
  { name: 'asked again in', of: ({ retryDue }) => <Due at={retryDue} runs={state === 'up'} /> },
]

const VOTES = { awaited: '… awaited', granted: '✓ granted', refused: '✗ refused' } as const

/** `probe`, `replicate`, `snapshot 40 of 116 B` */
export const modeText = ({ mode, sending }: Pick<PeerFrame, 'mode' | 'sending'>): string =>
  sending === null ? mode : `${mode} ${sending.offset} of ${sending.bytes} B`

/** `2 of the 3 it needs, its own included`; in joint consensus, of either set. */
export function votesText({ id, peers, members }: Pick<ServerFrame, 'id' | 'peers' | 'members'>): string {
  const { voters, next } = members
  const grants = (one: number) =>
    one === id || peers.some((peer) => peer.id === one && peer.vote === 'granted')
  const part = (set: readonly number[]) => set.filter(grants).length
  const own = voters.includes(id) || next?.includes(id) === true ? ', its own included' : ''
  if (next === null) return `${part(voters)} of the ${majorityOf(voters)} it needs${own}`
  return `${part(voters)} of ${majorityOf(voters)} in C-old and ${part(next)} of ${majorityOf(next)} in C-new${own}`
}

const None = ({ children }: { children: ReactNode }) => <span className="inspector-none">{children}</span>

function Due({ at, runs }: { at: Micros; runs: boolean }) {
  if (at === Infinity) return <None>–</None>
  return runs ? <Countdown at={at} /> : <None>stands still</None>
}
