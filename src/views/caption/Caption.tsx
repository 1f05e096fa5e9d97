import { ChevronLeft, ChevronRight, Pause, Play, X } from 'lucide-react'
import { jump, togglePlay } from '../../store/navigate.ts'
import { app, mirror, useApp } from '../../store/state.ts'
import { tell } from '../../words/tell.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'
import './caption.css'

/** Present mode: what just happened, in large type, and the few buttons that a lecture needs. */
export function Caption() {
  // The last fact told up to now decides; its number is all that has to be compared.
  const last = useApp(({ frame }) => (frame === null ? -1 : lastTold(frame.events)))
  const epoch = useApp(({ frame }) => frame?.epoch ?? -1)
  const playing = useApp((state) => state.playing)
  const name = useApp(({ scenario }) => scenario.name)
  const record = epoch < 0 ? undefined : mirror.facts[last]
  const sentence = record === undefined ? null : tell(record.fact)
  return (
    <section className="caption" aria-label="What happened">
      <h1 className="unseen">{name}</h1>
      <div className="caption-text" aria-live="polite">
        {sentence === null || record === undefined ? (
          <p>Each server waits for a leader until its election timeout.</p>
        ) : (
          <>
            {sentence.who !== '' && <span className="caption-who">{sentence.who}</span>}
            <p>
              <Telling sentence={sentence} />
            </p>
            <span className="caption-rule">
              {sentence.rule} <span className="caption-time">{msText(record.at)} ms</span>
            </span>
          </>
        )}
      </div>
      <div className="caption-buttons">
        <Button
          look="quiet"
          label="Previous main event"
          hotkey="PageUp"
          onClick={() => void jump('beat', -1)}
        >
          <ChevronLeft aria-hidden="true" />
        </Button>
        <Button look="quiet" label={playing ? 'Pause' : 'Play'} hotkey="Space" onClick={togglePlay}>
          {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </Button>
        <Button look="quiet" label="Next main event" hotkey="PageDown" onClick={() => void jump('beat', 1)}>
          <ChevronRight aria-hidden="true" />
        </Button>
        <Button
          look="quiet"
          label="Leave present mode"
          hotkey="P"
          onClick={() => app.setState({ presenting: false })}
        >
          <X aria-hidden="true" />
        </Button>
      </div>
    </section>
  )
}

/** The number of the last beat told up to now; of an event with several, the last. */
function lastTold(events: number): number {
  for (let i = mirror.factsUpTo(events) - 1; i >= 0; i--) {
    const record = mirror.facts[i]
    if (record !== undefined && tell(record.fact).weight === 'beat') return i
  }
  return -1
}
