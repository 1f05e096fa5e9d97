import { Plus } from 'lucide-react'
import { useState } from 'react'
import { nameOf, type ServerId } from '../../base/ids.ts'
import { addServer, changeMembers, newcomer, whyNoChange } from '../../store/more-deeds.ts'
import { app } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import './members-box.css'
import { membersOf } from './members-now.ts'

/** Adds a server in one step, or changes members: of several at once, where the rules allow it. */
export function MembersBox() {
  const frame = useCalm((state) => state.frame)
  if (frame === null) return null
  return <Box frame={frame} members={membersOf(frame)} />
}

function Box({ frame, members }: { frame: Frame; members: readonly ServerId[] }) {
  const [wanted, setWanted] = useState(members)
  const [seen, setSeen] = useState(members)
  if (seen.join() !== members.join()) {
    // What is ticked is a wish about the members that were: with others, it is over.
    setSeen(members)
    setWanted(members)
  }
  const next = newcomer(frame)
  const why = whyNoChange(wanted, members, frame)
  const changed = wanted.join() !== members.join()
  const toggle = (id: ServerId) =>
    setWanted(
      wanted.includes(id) ? wanted.filter((one) => one !== id) : [...wanted, id].sort((a, b) => a - b),
    )
  return (
    <fieldset className="tools-help members-box">
      <legend className="unseen">Members of the cluster</legend>
      <Button
        small
        look={changed ? 'plain' : 'primary'}
        disabled={next === null || frame.end !== null}
        title={next === null ? 'A cluster has nine servers at most' : 'It starts empty, and becomes a member'}
        onClick={addServer}
      >
        <Plus aria-hidden="true" />
        Add {next === null ? 'a server' : nameOf(next)}
      </Button>
      <span className="members-list">
        {frame.servers.map(({ id }) => (
          <label key={id}>
            <input type="checkbox" checked={wanted.includes(id)} onChange={() => toggle(id)} />
            {nameOf(id)}
          </label>
        ))}
      </span>
      <Button
        small
        look={changed && why === null ? 'primary' : 'plain'}
        disabled={why !== null}
        title={why ?? undefined}
        onClick={() => changeMembers(wanted, members)}
      >
        Change
      </Button>
      {changed && why !== null && (
        <span className="members-why" role="status">
          {why}{' '}
          {frame.settings.membership === 'single' && wanted.length > 0 && (
            <button type="button" className="panel-link" onClick={() => app.setState({ dialog: 'rules' })}>
              Rules
            </button>
          )}
        </span>
      )}
    </fieldset>
  )
}
