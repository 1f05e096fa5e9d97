/** Where the work in progress is kept. */
export const CURRENT = 'whitewater.current'

/** Whether an address's fragment is meant as a link. Fragments that begin with `#/` name other things. */
export const isLink = (fragment: string): boolean => fragment.length > 1 && !fragment.startsWith('#/')

/** Whether the page opens with a fresh cluster: the address names nothing else, and nothing was left here. */
export function opensFresh(): boolean {
  try {
    return !isLink(location.hash) && localStorage.getItem(CURRENT) === null
  } catch {
    // The browser lets nothing be kept.
    return !isLink(location.hash)
  }
}
