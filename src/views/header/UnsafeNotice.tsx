import { TriangleAlert } from 'lucide-react'
import { app, useApp } from '../../store/state.ts'
import { brokenNow } from '../../store/unsafe-ways.ts'

/** Opens the rules, which begin at the first that is broken; where they are open already, goes there. */
function show(): void {
  app.setState({ dialog: 'rules' })
  document.querySelector('.breakable .setting.unsafe')?.scrollIntoView({ block: 'center' })
}

/** Stands there while a rule is broken: how many, which, and the way to them. */
export function UnsafeNotice() {
  const names = useApp(brokenNow).split('\n')
  const count = names.length === 1 ? '1 rule broken' : `${names.length} rules broken`
  const which = names.join(', ')
  return (
    <button
      type="button"
      className="header-unsafe"
      aria-label={`Unsafe, ${count}: ${which}`}
      title={['What Raft promises may not hold:', ...names].join('\n')}
      onClick={show}
    >
      <TriangleAlert aria-hidden="true" />
      <span className="header-unsafe-wide">
        {count}: {which}
      </span>
      <span className="header-unsafe-narrow">{names.length}</span>
    </button>
  )
}
