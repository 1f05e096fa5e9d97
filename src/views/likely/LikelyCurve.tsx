import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Point } from '../../search/curve.ts'
import type { Outcome } from '../../search/outcome.ts'
import { useLikely } from '../../store/likely.ts'
import { goToEvents } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { OUTCOME_WORDS, percentText } from '../../words/likely.ts'
import { msText } from '../kit/format.ts'
import { camera } from '../timeline/camera.ts'
import { CurvePlace } from './curve-place.ts'
import './likely-curve.css'

const SCALE = [1, 0.5, 0]

/** How likely an outcome is, over the timeline and moving with it: a point for each moment that was tried. */
export function LikelyCurve({ presenting }: { presenting: boolean }) {
  const outcome = useLikely((state) => state.outcome)
  return (
    <section className={presenting ? 'likely-curve low' : 'likely-curve'} aria-label="How likely, over time">
      <p className="likely-legend">
        Futures that {OUTCOME_WORDS[outcome].end}
        <span>, from each moment; shaded: 95 % confidence</span>
      </p>
      <ol className="likely-scale" aria-hidden="true">
        {SCALE.map((share) => (
          <li key={share} style={{ top: `${100 * (1 - share)}%` }}>
            {100 * share} %
          </li>
        ))}
      </ol>
      <Plot />
    </section>
  )
}

function Plot() {
  const points = useLikely((state) => state.points)
  const turn = useLikely((state) => state.turn)
  const outcome = useLikely((state) => state.outcome)
  const [focused, setFocused] = useState(0)
  const plot = useRef<HTMLDivElement>(null)
  const place = useRef<CurvePlace | null>(null)

  useEffect(() => {
    if (plot.current === null) return
    place.current = new CurvePlace(plot.current)
    const stop = player.onTick((now) => place.current?.tick(now))
    return () => {
      stop()
      place.current?.stop()
    }
  }, [])
  // After each rendering, since the marks are made by it.
  useEffect(() => place.current?.take(points))

  const reachable = Math.min(focused, points.length - 1)
  const move = (event: KeyboardEvent) => {
    const to = targetOf(event.key, reachable, points.length)
    if (to === null) return
    event.preventDefault()
    event.stopPropagation()
    camera.follow(false)
    setFocused(to)
    place.current?.focus(to)
  }
  return (
    <div className="likely-plot" ref={plot}>
      <svg aria-hidden="true">
        <path className="likely-band" />
        <path className="likely-line" />
      </svg>
      <i className="likely-now" />
      <fieldset className="likely-points" aria-label="Moments that were tried">
        {points.map((point, i) => (
          <button
            key={point.events}
            type="button"
            className="likely-point"
            data-at={point.at}
            data-share={point.share}
            data-turn={point.events === turn?.after.events ? '' : undefined}
            tabIndex={i === reachable ? 0 : -1}
            aria-label={`${msText(point.at)} ms: ${wordsOf(point, outcome)}. Go there`}
            title={`${msText(point.at)} ms: ${wordsOf(point, outcome)}`}
            onKeyDown={move}
            onFocus={() => setFocused(i)}
            onClick={() => goToEvents(point.events)}
          />
        ))}
      </fieldset>
      {turn !== null && (
        <b className="likely-turn-mark" data-at={turn.after.at} aria-hidden="true">
          {percentText(turn.before.share)} → {percentText(turn.after.share)}
        </b>
      )}
    </div>
  )
}

const wordsOf = ({ share, tried, certain }: Point, outcome: Outcome): string =>
  certain ? 'it has come about' : `${percentText(share)} of ${tried} futures ${OUTCOME_WORDS[outcome].end}`

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1)
    case 'ArrowRight':
      return Math.min(count - 1, at + 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
