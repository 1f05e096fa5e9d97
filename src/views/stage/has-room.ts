/** Whether the page is wide enough to begin with everything open. */
export const hasRoom = (): boolean => (globalThis.innerWidth ?? Infinity) >= 900
