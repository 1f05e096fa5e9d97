import { Dices } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { MOST_SERVERS } from '../../base/ids.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { randomSeed } from '../../store/chance.ts'
import { newCluster, seedFrom } from '../../store/library.ts'
import { app } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import { Ring } from './Ring.tsx'

const SIZES = Array.from({ length: MOST_SERVERS }, (_, i) => i + 1)

/** A cluster from nothing: how many servers, and the seed that all its chance comes from. */
export function NewCluster({ onStart }: { onStart: (scenario: Scenario) => void }) {
  const id = useId()
  const [servers, setServers] = useState(() => app.getState().scenario.servers)
  const [text, setText] = useState(() => `${randomSeed()}`)
  const seed = seedFrom(text)
  const start = (event: FormEvent) => {
    event.preventDefault()
    if (seed !== null) onStart(newCluster(servers, seed))
  }
  return (
    <form className="own-part" onSubmit={start} aria-label="New cluster">
      <h3>
        <Ring servers={servers} /> New cluster
      </h3>
      <span id={`${id}-servers`}>Servers</span>
      <div className="segments" role="radiogroup" aria-labelledby={`${id}-servers`}>
        {SIZES.map((size) => (
          <label key={size}>
            <input
              type="radio"
              name={`${id}-size`}
              checked={size === servers}
              onChange={() => setServers(size)}
            />
            <span>{size}</span>
          </label>
        ))}
      </div>
      <label htmlFor={`${id}-seed`}>Seed: the same seed gives the same history</label>
      <div className="own-row">
        <input
          id={`${id}-seed`}
          className="field mono"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={seed === null}
          aria-describedby={`${id}-bad`}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button label="Another seed" onClick={() => setText(`${randomSeed()}`)}>
          <Dices aria-hidden="true" />
        </Button>
      </div>
      <p id={`${id}-bad`} className="own-bad" aria-live="polite">
        {seed === null && 'A whole number from 0 to 4,294,967,295.'}
      </p>
      <button type="submit" className="button primary" disabled={seed === null}>
        Start
      </button>
    </form>
  )
}
