import { memo, useLayoutEffect, useRef } from 'react'
import { player } from '../../store/player.ts'
import { msText } from '../kit/format.ts'

interface Props {
  /** The time, in µs, that it counts towards or from. */
  readonly at: number
}

/** How long until `at`, in ms, running with the clock. It is written to the page, not rendered. */
export const Countdown = memo(function Countdown({ at }: Props) {
  return <Running at={at} sign={1} />
})

/** How long since `at`, in ms. */
export const Elapsed = memo(function Elapsed({ at }: Props) {
  return <Running at={at} sign={-1} />
})

function Running({ at, sign }: Props & { readonly sign: 1 | -1 }) {
  const ref = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const span = ref.current
    let shown = ''
    const write = (now: number) => {
      const text = `${msText(Math.max(0, sign * (at - now)))} ms`
      if (span !== null && text !== shown) span.textContent = text
      shown = text
    }
    return running(write)
  }, [at, sign])
  return <span ref={ref} className="tabular" />
}

type Write = (now: number) => void

/** Digits that change with every animation frame cost layout and cannot be read: they change with every third. */
const EVERY = 3

const writers = new Set<Write>()
let stop: (() => void) | null = null
let frames = 0

function running(write: Write): () => void {
  write(player.now)
  writers.add(write)
  stop ??= player.onTick((now) => {
    frames = (frames + 1) % EVERY
    if (frames === 0) for (const each of writers) each(now)
  })
  return () => {
    writers.delete(write)
    if (writers.size > 0) return
    stop?.()
    stop = null
  }
}
