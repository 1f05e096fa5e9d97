import { app, type Panel } from '../../store/state.ts'
import { bring } from '../kit/bring.ts'

/** Opens a panel and brings it into view: on a phone it lies below what was tapped. */
export function showPanel(panel: Panel): void {
  app.setState({ panel })
  // Once it has its new height.
  requestAnimationFrame(() => bring(document.querySelector('.panels'), 'nearest'))
}
