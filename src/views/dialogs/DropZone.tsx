import { useEffect, useState } from 'react'
import { acceptDrops } from '../../store/drops.ts'
import './drop-zone.css'

/** The whole page takes a scenario's file; it says so while one is above it. */
export function DropZone() {
  const [above, setAbove] = useState(false)
  useEffect(() => acceptDrops(setAbove), [])
  if (!above) return null
  return (
    <div className="drop-zone">
      <p>Drop the file to open its scenario</p>
    </div>
  )
}
