import { SPARE } from './sizes.ts'

interface Props {
  readonly first: number
  readonly columns: number
  readonly column: number
  readonly last: number
}

/** The numbers over the columns, and a faint guide below each. */
export function Indexes({ first, columns, column, last }: Props) {
  const from = Math.max(1, first - SPARE)
  const to = Math.min(last, first + columns + SPARE)
  return (
    <tr className="logs-indexes" aria-rowindex={1}>
      {Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).map((index) => (
        <th
          key={index}
          className="logs-index"
          scope="col"
          aria-colindex={index}
          style={{ left: (index - 1) * column, width: column }}
        >
          {index}
        </th>
      ))}
    </tr>
  )
}
