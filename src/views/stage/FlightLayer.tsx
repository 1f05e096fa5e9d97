import { useEffect, useRef } from 'react'
import { player } from '../../store/player.ts'
import { app, mirror } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'
import { isSelected } from '../kit/is-selected.ts'
import { bursts } from './flights.ts'
import type { Layout } from './geometry.ts'
import { type Palette, paintBurst, paintFlight, readPalette } from './paint.ts'

/** How long a burst lasts, in real milliseconds. */
const BURST_MS = 500

/** Every message on its way, on one canvas over the servers. It takes no pointer: the stage does. */
export function FlightLayer({ layout }: { layout: Layout }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = canvas.current
    const pen = target?.getContext('2d')
    if (!target || !pen) return
    const ratio = window.devicePixelRatio || 1
    target.width = Math.round(layout.width * ratio)
    target.height = Math.round(layout.height * ratio)
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    let palette = readPalette()
    let drawn = ''
    const theme = new MutationObserver(() => {
      palette = readPalette()
      drawn = ''
    })
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    const stop = player.onTick((now, frame) => {
      const { selection } = app.getState()
      const state = `${now} ${frame.epoch} ${frame.events} ${mirror.version} ${JSON.stringify(selection)}`
      if (state === drawn) return
      drawn = state
      pen.clearRect(0, 0, layout.width, layout.height)
      paintAll(pen, palette, layout, frame, now, calm.matches)
    })
    return () => {
      stop()
      theme.disconnect()
    }
  }, [layout])
  return (
    <canvas ref={canvas} className="stage-flights" style={{ width: layout.width, height: layout.height }} />
  )
}

function paintAll(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  layout: Layout,
  frame: Frame,
  now: number,
  steps: boolean,
): void {
  const { selection, slowdown } = app.getState()
  for (const flight of frame.flights) {
    const selected = isSelected(selection, flight.name)
    paintFlight(pen, palette, layout, flight, now, selected, steps)
  }
  for (const server of frame.servers) {
    for (const flight of server.waiting) paintFlight(pen, palette, layout, flight, now, false, steps)
  }
  const span = (BURST_MS * 1000) / slowdown
  for (const { record, age } of bursts(mirror.messages, now, span))
    paintBurst(pen, palette, layout, record, age)
}
