import { useEffect, useRef } from 'react'
import { player } from '../../store/player.ts'
import { app, mirror } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'
import { isSelected } from '../kit/is-selected.ts'
import { bursts } from './flights.ts'
import type { Layout } from './geometry.ts'
import { type Easel, flightScale, paintBurst, paintFlight, paintTimers } from './paint.ts'
import { readPalette } from './palette.ts'
import { Sprites } from './sprites.ts'

/** With more messages than this on their way, they draw no trails. */
const CROWD = 80
/** How long a burst lasts, in real milliseconds. */
const BURST_MS = 500

/** Everything that moves, timers and messages, on one canvas over the servers. It takes no pointer: the stage does. */
export function FlightLayer({ layout }: { layout: Layout }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = canvas.current
    const pen = target?.getContext('2d', { willReadFrequently: true })
    if (!target || !pen) return
    const ratio = window.devicePixelRatio || 1
    target.width = Math.round(layout.width * ratio)
    target.height = Math.round(layout.height * ratio)
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    const prepare = (): Easel => {
      const palette = readPalette()
      const sprites = new Sprites(palette, flightScale(layout), ratio)
      return { pen, palette, sprites, layout, ratio, trails: !calm.matches, steps: calm.matches }
    }
    let easel = prepare()
    let drawn: readonly unknown[] = []
    const restart = () => {
      easel = prepare()
      drawn = []
    }
    const theme = new MutationObserver(restart)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    calm.addEventListener('change', restart)
    const stop = player.onTick((now, frame) => {
      const state = [now, frame, mirror.version, app.getState().selection]
      if (state.every((value, i) => value === drawn[i])) return
      drawn = state
      pen.clearRect(0, 0, layout.width, layout.height)
      paintAll(easel, frame, now)
    })
    return () => {
      stop()
      theme.disconnect()
      calm.removeEventListener('change', restart)
    }
  }, [layout])
  return (
    <canvas ref={canvas} className="stage-flights" style={{ width: layout.width, height: layout.height }} />
  )
}

function paintAll(bare: Easel, frame: Frame, now: number): void {
  const easel = { ...bare, trails: bare.trails && frame.flights.length <= CROWD }
  const { selection, slowdown } = app.getState()
  paintTimers(easel, frame.servers, now)
  for (const flight of frame.flights) {
    paintFlight(easel, flight, now, selection !== null && isSelected(selection, flight.name))
  }
  for (const server of frame.servers) {
    for (const flight of server.waiting) paintFlight(easel, flight, now, false)
  }
  const span = (BURST_MS * 1000) / slowdown
  for (const { record, age } of bursts(mirror.messages, now, span)) paintBurst(easel, record, age)
}
