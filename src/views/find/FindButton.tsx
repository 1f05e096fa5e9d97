import { Radar } from 'lucide-react'
import { app } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'

/** The way to the search. */
export function FindButton() {
  return (
    <Button small hotkey="F" onClick={() => app.setState({ dialog: 'find' })}>
      <Radar aria-hidden="true" /> Find a violation
    </Button>
  )
}
