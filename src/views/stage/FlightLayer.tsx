import { useEffect, useRef } from 'react'
import { usePainterGeneration } from '../painter/painter.ts'
import { FlightCanvas } from './flight-canvas.ts'
import type { Layout } from './geometry.ts'

/** Everything that moves, timers and messages, on one canvas over the servers. It takes no pointer: the stage does. */
export function FlightLayer({ layout }: { layout: Layout }) {
  return <Flights key={usePainterGeneration()} layout={layout} />
}

function Flights({ layout }: { layout: Layout }) {
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<FlightCanvas | null>(null)
  // A canvas can be lent to a painter only once: each time there is a new one, which outlives changes of the layout.
  useEffect(() => {
    if (host.current === null) return
    const made = new FlightCanvas(host.current)
    canvas.current = made
    return () => made.stop()
  }, [])
  useEffect(() => canvas.current?.arrange(layout), [layout])
  return <div ref={host} className="stage-flights" />
}
