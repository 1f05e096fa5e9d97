import { useEffect, useRef, useState } from 'react'
import { act } from '../../store/edit.ts'

const MOST = 100

/** How many commands a second the steady client sends. While the slider is dragged nothing is done yet. */
export function SteadyRate({ rate }: { rate: number }) {
  const [dragged, setDragged] = useState<number | null>(null)
  const slider = useRef<HTMLInputElement>(null)
  // React's onChange is the browser's input event; an intervention is made by its change event, at the end of a drag.
  useEffect(() => {
    const input = slider.current
    if (input === null) return
    const onCommit = () => {
      setDragged(null)
      act({ kind: 'Change', settings: { clientRate: Number(input.value) } })
    }
    input.addEventListener('change', onCommit)
    return () => input.removeEventListener('change', onCommit)
  }, [])
  const shown = dragged ?? rate
  return (
    <label className="steady-rate">
      <span>Rate</span>
      <input
        ref={slider}
        type="range"
        min={0}
        max={Math.max(MOST, rate)}
        step={1}
        value={shown}
        aria-valuetext={`${shown} commands per second`}
        onChange={(event) => setDragged(Number(event.target.value))}
      />
      <output className="mono">{shown === 0 ? 'off' : `${shown} per s`}</output>
    </label>
  )
}
