import { undo } from '../../store/edit.ts'
import { goToEvents } from '../../store/navigate.ts'
import { app, useApp } from '../../store/state.ts'
import { tellViolation } from '../../words/safety.ts'
import { plain } from '../../words/sentence.ts'
import { tell } from '../../words/tell.ts'
import type { EndFrame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import './failure.css'

/** The run has met what Raft rules out: what happened and why, and the ways back. */
export function Ending() {
  const end = useApp(({ frame }) => frame?.end ?? null)
  const canUndo = useApp((state) => state.canUndo)
  const strayed = useApp((state) => state.strayed)
  const presenting = useApp((state) => state.presenting)
  if (end === null) {
    if (strayed === null) return null
    return (
      <div className="ending strayed" role="status">
        <p>{strayed}</p>
        <Button small onClick={() => app.setState({ strayed: null })}>
          Understood
        </Button>
      </div>
    )
  }
  return (
    <div className="ending" role="alert">
      <p>
        <b>The run stops here.</b> {tellEnd(end)}
      </p>
      <div className="failure-ways">
        <Button small onClick={() => goToEvents(end.event)}>
          One event back
        </Button>
        {canUndo && (
          <Button small onClick={undo}>
            Undo the last intervention
          </Button>
        )}
        {!presenting && (
          <Button small onClick={() => app.setState({ panel: 'safety' })}>
            Details
          </Button>
        )}
      </div>
    </div>
  )
}

function tellEnd({ violation, fact }: EndFrame): string {
  if (violation !== null) return tellViolation(violation).join(' ')
  return fact === null ? '' : plain(tell(fact))
}
