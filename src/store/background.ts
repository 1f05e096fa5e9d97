/** What is needed of a worker beside the engine. */
export interface BackgroundWorker {
  postMessage(message: unknown): void
  addEventListener(kind: 'message' | 'error', listener: (event: Event) => void): void
  terminate(): void
}

/** How workers beside the engine are made; the composition root says so. */
export const background: {
  futures: (() => BackgroundWorker) | null
  searcher: (() => BackgroundWorker) | null
  /** To be awaited before the first of them is wanted. */
  load: () => Promise<unknown>
} = { futures: null, searcher: null, load: async () => undefined }
