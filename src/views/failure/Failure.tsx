import { RotateCcw, Save } from 'lucide-react'
import { openFresh } from '../../store/current.ts'
import { restartEngine } from '../../store/edit.ts'
import { saveToFile } from '../../store/files.ts'
import { useApp } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import './failure.css'

/** The simulation itself has failed: what is known of it, and three ways on. Nothing of the scenario is lost. */
export function Failure() {
  const message = useApp(({ status }) => (status.kind === 'failed' ? status.message : ''))
  return (
    <div className="failure" role="alert">
      <h2>The simulation stopped working</h2>
      <p>Your scenario is safe. The fault is in this page, and it says: “{message}”</p>
      <div className="failure-ways">
        <Button look="primary" onClick={restartEngine}>
          <RotateCcw aria-hidden="true" /> Start it again here
        </Button>
        <Button onClick={() => void saveToFile()}>
          <Save aria-hidden="true" /> Save the scenario
        </Button>
        <Button
          onClick={() => {
            restartEngine()
            void openFresh()
          }}
        >
          Open a fresh cluster
        </Button>
      </div>
    </div>
  )
}
