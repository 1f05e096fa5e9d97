import { Footprints } from 'lucide-react'
import { useState } from 'react'
import { walkTo } from '../../store/walk.ts'
import { Button } from '../kit/Button.tsx'

/** The way to how what was broken in an event came about, step by step. */
export function WalkButton({ event }: { event: number }) {
  const [untold, setUntold] = useState(false)
  const walk = async () => setUntold(!(await walkTo(event)))
  return (
    <Button small disabled={untold} onClick={() => void walk()}>
      <Footprints aria-hidden="true" /> {untold ? 'Nobody can tell how' : 'Walk through it'}
    </Button>
  )
}
