import { app, type Panel } from '../../store/state.ts'

/** Opens a panel and brings it into view: on a phone it lies below what was tapped. */
export function showPanel(panel: Panel): void {
  app.setState({ panel })
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  // Once it has its new height.
  requestAnimationFrame(() =>
    document
      .querySelector('.panels')
      ?.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'instant' : 'smooth' }),
  )
}
