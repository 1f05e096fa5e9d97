import { loaded } from '../../store/loaded.ts'
import type { Wishes } from './gestures.ts'

/** Nobody takes hold of the timeline sooner; a pointer that comes near is enough, too. */
const AFTER_MS = 200

/** Listens to pointers and wheel on an element; how, is a part that the first view does without. Returns how to stop. */
export function listenSoon(element: HTMLElement, wishes: Wishes): () => void {
  let isOver = false
  let stop = (): void => {}
  const begin = async () => {
    clearTimeout(timer)
    element.removeEventListener('pointerenter', begin)
    const part = await loaded(import('./gestures.ts'))
    if (part !== null && !isOver) stop = part.listen(element, wishes)
  }
  const timer = setTimeout(begin, AFTER_MS)
  element.addEventListener('pointerenter', begin)
  return () => {
    isOver = true
    clearTimeout(timer)
    element.removeEventListener('pointerenter', begin)
    stop()
  }
}
