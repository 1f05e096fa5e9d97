import { Plus } from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { nameOf, type ServerId } from '../../base/ids.ts'
import { addServer, changeMembers, newcomer, whyNoChange } from '../../store/more-deeds.ts'
import { player } from '../../store/player.ts'
import { app } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import './members-box.css'
import { membersOf } from './members-now.ts'

interface Props {
  /** Told how much of the stage's foot is taken, 0 once that is over. */
  readonly onHeight: (height: number) => void
}

/** Adds a server in one step, or changes members: of several at once, where the rules allow it. */
export function MembersBox({ onHeight }: Props) {
  const frame = useCalm((state) => state.frame)
  if (frame === null) return null
  return <Box frame={frame} members={membersOf(frame)} onHeight={onHeight} />
}

function Box({ frame, members, onHeight }: Props & { frame: Frame; members: readonly ServerId[] }) {
  const box = useRef<HTMLFieldSetElement>(null)
  useHeight(box, onHeight)
  const add = useAdding(frame.servers.length)
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
    <fieldset className="tools-help members-box" ref={box}>
      <legend className="unseen">Members of the cluster</legend>
      <Button
        small
        look={changed ? 'plain' : 'primary'}
        disabled={next === null || frame.end !== null}
        title={next === null ? 'A cluster has nine servers at most' : 'It starts empty, and becomes a member'}
        onClick={add}
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

/** Between the box and the words under the servers. */
const APART = 8

function useHeight(box: RefObject<HTMLElement | null>, onHeight: (height: number) => void): void {
  useLayoutEffect(() => {
    const place = box.current?.parentElement
    const stage = place?.parentElement
    if (place == null || stage == null) return
    const tell = (height: number) => {
      onHeight(height)
      stage.style.setProperty('--stage-foot', `${height}px`)
    }
    const observer = new ResizeObserver(() => tell(stage.clientHeight - place.offsetTop + APART))
    observer.observe(place)
    return () => {
      observer.disconnect()
      tell(0)
    }
  }, [box, onHeight])
}

/** Adds a server, and hands the focus on to it: on the button, the next key would add another. */
function useAdding(servers: number): () => void {
  const before = useRef(Infinity)
  useEffect(() => {
    if (servers <= before.current) return
    before.current = Infinity
    // It is drawn once the others begin to move over.
    const stop = player.onTick(() => {
      const glyph = document.querySelector<SVGElement>(`.stage-picture [aria-label^="S${servers},"]`)
      if (glyph === null) return
      glyph.focus()
      stop()
    })
    return stop
  }, [servers])
  return () => {
    before.current = servers
    addServer()
  }
}
