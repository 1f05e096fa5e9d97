import { TriangleAlert } from 'lucide-react'
import { useApp } from '../../store/state.ts'
import { brokenNow } from '../../store/unsafe-ways.ts'

/** So many names are read at a glance. */
const MOST = 2

/** Says which rules are broken, as the header does outside present mode. */
export function UnsafeChip() {
  const names = useApp(brokenNow).split('\n')
  const isMany = names.length > MOST
  return (
    <span className="chip unsafe" title={names.join('\n')}>
      <TriangleAlert size={13} aria-hidden="true" />
      <span>
        {names.length === 1 ? 'Rule broken' : `${names.length} rules broken`}
        <b>
          : {names.slice(0, isMany ? 1 : MOST).join(', ')}
          {isMany && ', …'}
        </b>
      </span>
    </span>
  )
}
