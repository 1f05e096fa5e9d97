/** Scrolls to where an element can be seen; at once for whoever wants no motion. */
export function bring(element: Element | null, block: ScrollLogicalPosition): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block, behavior: isCalm ? 'instant' : 'smooth' })
}
