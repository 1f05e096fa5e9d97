/** What the page remembers between visits. */
export interface Store {
  get(key: string): string | null
  /** False if it will be forgotten when the page is closed. */
  set(key: string, value: string): boolean
  remove(key: string): void
}

/**
 * A store over the browser's. Where that is full or forbidden, what is written stays readable until the page is closed:
 * nobody loses work to a private window.
 */
export function lastingStore(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Store {
  const unsaved = new Map<string, string>()
  return {
    get: (key) => unsaved.get(key) ?? attempt(() => storage().getItem(key), null),
    set(key, value) {
      const saved = attempt(() => {
        storage().setItem(key, value)
        return true
      }, false)
      if (saved) unsaved.delete(key)
      else unsaved.set(key, value)
      return saved
    },
    remove(key) {
      unsaved.delete(key)
      attempt(() => storage().removeItem(key), undefined)
    },
  }
}

/** Even naming `localStorage` throws where it is forbidden. */
function attempt<T>(use: () => T, otherwise: T): T {
  try {
    return use()
  } catch {
    return otherwise
  }
}

/** The page's own. */
export const lasting = lastingStore(() => localStorage)
