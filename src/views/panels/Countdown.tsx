import { memo, useLayoutEffect, useRef } from 'react'
import { player } from '../../store/player.ts'
import { app } from '../../store/state.ts'
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
    const digits = document.createTextNode('')
    ref.current?.replaceChildren(digits)
    const write = (now: number) => {
      const text = `${msText(Math.max(0, sign * (at - now)))} ms`
      if (text !== digits.data) digits.data = text
    }
    return running(write)
  }, [at, sign])
  return <span ref={ref} className="tabular" />
}

type Write = (now: number) => void

/** Digits that change with every animation frame cost layout and cannot be read. */
const EVERY_MS = 50
/** Nor can those be read that run fast. */
const FAST = 50
const EVERY_MS_FAST = 200

const writers = new Set<Write>()
let stop: (() => void) | null = null
let writtenAt = 0

function running(write: Write): () => void {
  write(player.now)
  writers.add(write)
  stop ??= player.onTick((now) => {
    const { playing, slowdown } = app.getState()
    const time = performance.now()
    if (playing && time - writtenAt < (slowdown < FAST ? EVERY_MS_FAST : EVERY_MS)) return
    writtenAt = time
    for (const each of writers) each(now)
  })
  return () => {
    writers.delete(write)
    if (writers.size > 0) return
    stop?.()
    stop = null
  }
}
