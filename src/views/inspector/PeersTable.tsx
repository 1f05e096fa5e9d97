import { type Micros, nameOf } from '../../base/ids.ts'
import type { PeerFrame, ServerFrame } from '../../worker/protocol.ts'
import { Countdown } from '../panels/Countdown.tsx'

/** What a leader or a candidate keeps about each other server. */
export function PeersTable({ server }: { server: ServerFrame }) {
  const { role, peers, lastIndex, state } = server
  if (role === 'follower' || peers.length === 0) return null
  const runs = state === 'up'
  return (
    <section>
      <h3>
        {role === 'leader' ? 'Its followers' : 'Votes'}{' '}
        <small>{role === 'leader' ? 'volatile, new with each election' : votesText(peers)}</small>
      </h3>
      <table className="inspector-peers">
        <thead>
          <tr>
            <th scope="col">Server</th>
            {role === 'leader' ? (
              <>
                <th scope="col">nextIndex</th>
                <th scope="col">matchIndex</th>
                <th scope="col">heartbeat in</th>
                <th scope="col">sent again in</th>
              </>
            ) : (
              <>
                <th scope="col">answer</th>
                <th scope="col">asked again in</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {peers.map((peer) => (
            <tr key={peer.id}>
              <th scope="row">{nameOf(peer.id)}</th>
              {role === 'leader' ? (
                <>
                  <td>{peer.nextIndex}</td>
                  <td>
                    {peer.matchIndex}
                    {peer.matchIndex === lastIndex && <span className="inspector-full"> all</span>}
                  </td>
                  <td>
                    <Due at={peer.heartbeatDue} runs={runs} />
                  </td>
                </>
              ) : (
                <td data-vote={peer.vote}>{VOTES[peer.vote]}</td>
              )}
              <td>
                <Due at={peer.retryDue} runs={runs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const VOTES = { awaited: '… awaited', granted: '✓ granted', refused: '✗ refused' } as const

function votesText(peers: readonly PeerFrame[]): string {
  const votes = 1 + peers.filter(({ vote }) => vote === 'granted').length
  const needed = Math.floor((peers.length + 1) / 2) + 1
  return `${votes} of the ${needed} it needs, its own included`
}

function Due({ at, runs }: { at: Micros; runs: boolean }) {
  if (at === Infinity) return <span className="inspector-none">–</span>
  return runs ? <Countdown at={at} /> : <span className="inspector-none">stands still</span>
}
