import { TriangleAlert } from 'lucide-react'
import { useApp } from '../../store/state.ts'
import { brokenNow } from '../../store/unsafe-ways.ts'

/** Says which rules are broken, as the header does outside present mode. */
export function UnsafeChip() {
  const names = useApp(brokenNow).split('\n')
  return (
    <span className="chip unsafe">
      <TriangleAlert size={13} aria-hidden="true" />
      {names.length === 1 ? 'Rule broken' : `${names.length} rules broken`} <b>{names.join(', ')}</b>
    </span>
  )
}
