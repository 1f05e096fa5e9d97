import { isPromisedIn, isTold, lastBreachBefore } from '../../store/broken.ts'
import { undo } from '../../store/edit.ts'
import { goToEvents, play } from '../../store/navigate.ts'
import { app, useApp } from '../../store/state.ts'
import { tellViolation } from '../../words/safety.ts'
import { plain } from '../../words/sentence.ts'
import { tell } from '../../words/tell.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { showPanel } from '../panels/show-panel.ts'
import { Blame } from '../safety/Blame.tsx'
import './failure.css'

/** A promise is broken here, or the run has met what Raft rules out: what happened and why, and the ways back. */
export function Ending() {
  const frame = useApp((state) => state.frame)
  const walk = useApp((state) => state.walk)
  const canUndo = useApp((state) => state.canUndo)
  const strayed = useApp((state) => state.strayed)
  const presenting = useApp((state) => state.presenting)
  const playing = useApp((state) => state.playing)
  if (frame === null || (frame.end === null && frame.violation === null)) {
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
  if (!isTold(frame, walk)) return null
  const isStop = isPromisedIn(frame)
  // Play goes past what nobody promised, what the viewer went on from, and what is on the way to worse.
  if (frame.end === null && playing) return null
  const outlines = <Blame violation={frame.violation} servers={frame.servers} />
  // In present mode there is one place for words, and the steps that somebody walks through are told there.
  if (presenting && walk !== null) return outlines
  return (
    <div className={isStop ? 'ending' : 'ending strayed'} role={isStop ? 'alert' : 'status'}>
      {outlines}
      <p>
        {isStop && <b>{frame.end === null ? 'Play stops here.' : 'The run stops here.'}</b>}{' '}
        {tellBroken(frame).join(' ')}
      </p>
      <div className="failure-ways">
        <Button small onClick={() => goToEvents(frame.events - 1)}>
          One event back
        </Button>
        {canUndo && (
          <Button small onClick={undo}>
            Undo the last intervention
          </Button>
        )}
        {frame.end === null && (
          <Button small onClick={play}>
            Go on
          </Button>
        )}
        {!presenting && (
          <Button small onClick={() => showPanel('safety')}>
            Details
          </Button>
        )}
      </div>
    </div>
  )
}

/** What, and how it came about, or why that must not be. */
function tellBroken(frame: Frame): readonly string[] {
  const { violation, end } = frame
  if (violation !== null) {
    const [what, why] = tellViolation(violation)
    const breach = lastBreachBefore(frame)
    return [what, breach === null ? why : `At ${msText(breach.at)} ms, ${plain(tell(breach.fact))}`]
  }
  return end === null || end.fact === null ? [] : [plain(tell(end.fact))]
}
