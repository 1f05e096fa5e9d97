import { ChevronLeft, ChevronRight, Pause, Play, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { isPromisedIn, isTold } from '../../store/broken.ts'
import { togglePlay } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { type AppState, useApp } from '../../store/state.ts'
import { goToStep, leaveWalk, reader, type Step, stepAt, type Walk } from '../../store/walk.ts'
import { tellViolation } from '../../words/safety.ts'
import { plain } from '../../words/sentence.ts'
import { Button } from '../kit/Button.tsx'
import { bring } from '../kit/bring.ts'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'
import { camera } from '../timeline/camera.ts'
import { counted } from './words.ts'
import './captions.css'

/** The steps to what was broken: that of the present moment, and the ways to the others. */
export function Captions() {
  const walk = useApp((state) => state.walk)
  const index = useApp(({ frame, walk }) =>
    frame === null || walk === null ? -1 : stepAt(walk.steps, frame.events),
  )
  const presenting = useApp((state) => state.presenting)
  const name = useApp(({ scenario }) => scenario.name)
  useEffect(() => {
    player.pace = reader()
    return () => {
      player.pace = null
    }
  }, [])
  const broken = useApp(tellEnd)
  const strip = useRef<HTMLElement>(null)
  const isUp = walk !== null
  // What was found is short, and all of it matters.
  useEffect(() => {
    if (walk !== null && walk.origin !== null) camera.fit(walk.steps.at(-1)?.at ?? 0)
  }, [walk])
  useEffect(() => {
    if (isUp) takeFocus(strip.current)
  }, [isUp])
  if (walk === null) return null
  const { steps } = walk
  const step = steps[index]
  return (
    <section className="walk" aria-label="How it came about, step by step" tabIndex={-1} ref={strip}>
      {presenting && <h1 className="unseen">{name}</h1>}
      <p className="walk-count">
        <b>{index + 1}</b> of {steps.length}{' '}
        <span className="walk-time">{step === undefined ? 'the start' : `${msText(step.at)} ms`}</span>
      </p>
      {/* Beside the stage, what happened is read out by the list of it. */}
      <div className="walk-text" aria-live={presenting ? 'polite' : 'off'}>
        {step === undefined ? <Opening walk={walk} /> : <Words step={step} broken={broken} />}
      </div>
      <Buttons index={index} count={steps.length} />
    </section>
  )
}

/** Below the stage; keys belong to it from now on. */
function takeFocus(strip: HTMLElement | null): void {
  strip?.focus({ preventScroll: true })
  bring(strip, 'end')
}

/** What the steps have led to, once it has happened; in present mode nothing else says that the run stops for it. */
function tellEnd({ frame, walk, presenting }: AppState): string {
  if (frame === null || walk === null || !isTold(frame, walk)) return ''
  const isLast = frame.events === (walk.steps.at(-1)?.event ?? -1) + 1
  if (!isLast && !(presenting && isPromisedIn(frame))) return ''
  const what = frame.violation === null ? '' : tellViolation(frame.violation)[0]
  if (!presenting || !isPromisedIn(frame)) return what
  return `${frame.end === null ? 'Play stops here.' : 'The run stops here.'} ${what}`
}

function Opening({ walk: { origin } }: { walk: Walk }) {
  if (origin === null) return <p>This is how it came about.</p>
  const { scenarios, seconds, from, to, differs } = origin
  return (
    <p>
      Found after {counted(scenarios, 'scenario')} in {seconds.toFixed(1)} s, and made simpler: {from} → {to}{' '}
      interventions. {differs !== '' && `Unlike the cluster before: ${differs}. `}This is how it comes about.
    </p>
  )
}

/** So many letters fit in large type; more are smaller. */
const SHORT = 170

function Words({ step: { sentences }, broken }: { step: Step; broken: string }) {
  const isLong = sentences.map(plain).join(' ').length + broken.length > SHORT
  return (
    <p className={isLong ? 'long' : undefined}>
      {sentences.map((sentence, i) => (
        <span key={i}>
          {sentence.who !== '' && <span className="walk-who">{sentence.who} </span>}
          <Telling sentence={sentence} />
          {sentence.rule !== null && <span className="walk-rule"> {sentence.rule}</span>}{' '}
        </span>
      ))}
      {broken !== '' && <span className="walk-broken">{broken}</span>}
    </p>
  )
}

function Buttons({ index, count }: { index: number; count: number }) {
  const playing = useApp((state) => state.playing)
  const hasEnded = useApp(({ frame }) => frame !== null && frame.end !== null)
  return (
    <div className="walk-buttons">
      <Button
        look="quiet"
        label="Previous step"
        hotkey="PageUp"
        disabled={index < 0}
        onClick={() => goToStep(-1)}
      >
        <ChevronLeft aria-hidden="true" />
      </Button>
      <Button
        look="quiet"
        label={playing ? 'Pause the steps' : 'Play the steps'}
        disabled={hasEnded && !playing}
        onClick={togglePlay}
      >
        {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      </Button>
      <Button
        look="quiet"
        label="Next step"
        hotkey="PageDown"
        disabled={index >= count - 1}
        onClick={() => goToStep(1)}
      >
        <ChevronRight aria-hidden="true" />
      </Button>
      <Button look="quiet" label="Close the steps" onClick={leaveWalk}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}
