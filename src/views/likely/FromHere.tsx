import { intervalOf } from '../../store/interval.ts'
import { useLikely } from '../../store/likely.ts'
import { useCalm } from '../../store/throttle.ts'
import { sharePhrase } from '../../words/likely.ts'
import { msText } from '../kit/format.ts'

/** The share at the moment on the screen, in words; where it was not tried, at the last one before that was. */
export function FromHere() {
  const events = useCalm(({ frame }) => frame?.events ?? 0)
  const time = useCalm(({ frame }) => frame?.time ?? 0)
  const points = useLikely((state) => state.points)
  const outcome = useLikely((state) => state.outcome)
  const point = points.findLast((one) => one.events <= events)
  const last = points.at(-1)
  if (point === undefined) return null
  if (point.certain)
    return (
      <p className="likely-here">
        <b>It has come about</b> in this very history, at {msText(point.at)} ms.
      </p>
    )
  const { low, high } = intervalOf(point.hits, point.tried)
  const [many, become] = sharePhrase({ ...point, low, high }, outcome)
  const isHere = point.events === events
  const isBeyond = point === last && !isHere && time > point.at
  return (
    <p className="likely-here">
      <b>{many}</b> from {isHere ? 'here' : `${msText(point.at)} ms`} {become}.
      {isBeyond && ' That is as far as the history was known: try anew to have it up to here.'}
    </p>
  )
}
