import { useFinder } from '../../store/find.ts'
import { grouped } from '../kit/format.ts'

/** What was tried so far. */
export function Figures() {
  const kind = useFinder((state) => state.kind)
  const { scenarios, events, seconds } = useFinder((state) => state.tried)
  if (kind === 'idle') return null
  const rate = seconds > 0 ? Math.round(scenarios / seconds) : 0
  return (
    <dl className="find-figures">
      <Figure name="scenarios" value={grouped(scenarios)} />
      <Figure name="events" value={grouped(events)} />
      <Figure name="per second" value={grouped(rate)} />
      <Figure name="seconds" value={seconds.toFixed(1)} />
    </dl>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{value}</dd>
    </div>
  )
}
