import { intervalOf } from '../../store/interval.ts'
import { useLikely } from '../../store/likely.ts'
import { goToEvents } from '../../store/navigate.ts'
import { intervalText, percentText } from '../../words/likely.ts'
import { msText } from '../kit/format.ts'

/** The curve as a table. */
export function Moments() {
  const points = useLikely((state) => state.points)
  return (
    <details className="likely-moments">
      <summary>{points.length} moments as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Share</th>
            <th scope="col">95 % confidence</th>
            <th scope="col">Futures</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.events}>
              <th scope="row">
                <button type="button" className="panel-link" onClick={() => goToEvents(point.events)}>
                  {msText(point.at)} ms
                </button>
              </th>
              <td>{percentText(point.share)}</td>
              <td>
                {point.certain
                  ? 'came about'
                  : intervalText({ ...point, ...intervalOf(point.hits, point.tried) })}
              </td>
              <td>{point.certain ? '–' : point.tried}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
