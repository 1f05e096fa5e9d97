import { Play, Radar, Square } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { PropertyId } from '../../check/properties.ts'
import { leaveFinder, startFinding, stopFinding, useFinder, type Wanted } from '../../store/find.ts'
import { useCalm } from '../../store/throttle.ts'
import { brokenNow } from '../../store/unsafe-ways.ts'
import { PROPERTY_WORDS } from '../../words/safety.ts'
import { DialogFrame } from '../dialogs/DialogFrame.tsx'
import { Button } from '../kit/Button.tsx'
import { Figures } from './Figures.tsx'
import { Outcome } from './Outcome.tsx'
import './find.css'

const IDS = Object.keys(PROPERTY_WORDS) as PropertyId[]
const PROMISES = IDS.filter((id) => PROPERTY_WORDS[id].section === 'Fig. 3')
const OTHERS = IDS.filter((id) => !PROMISES.includes(id))

/** Looks for a scenario in which this cluster breaks a promise, and opens it. */
export function FindDialog() {
  const [wanted, setWanted] = useState<Wanted>('best')
  const brokenHere = useCalm(brokenNow)
  // What is said of a search is of the cluster that it began with.
  const subject = useFinder((state) => state.subject)
  const broken = subject?.broken ?? brokenHere
  const sessions = useCalm(({ frame, scenario }) => (frame?.settings ?? scenario.settings).sessions)
  const kind = useFinder((state) => state.kind)
  const isBusy = kind === 'searching' || kind === 'shrinking'
  useEffect(() => leaveFinder, [])
  const lookFor = (next: Wanted) => {
    setWanted(next)
    leaveFinder()
  }
  return (
    <DialogFrame
      title="Find a violation"
      about="Tries faults, timings and commands with the rules and settings as they are now, on clusters of several sizes, until one breaks a promise. Message loss, the no-op and whatever else a correct cluster bears are varied as well. What is found is made simple, and opens."
      shape="side"
      foot={
        isBusy ? (
          <Button onClick={stopFinding}>
            <Square aria-hidden="true" /> {kind === 'shrinking' ? 'Open it as it is' : 'Stop'}
          </Button>
        ) : (
          <Button look="primary" onClick={() => startFinding(wanted)}>
            {kind === 'idle' ? <Radar aria-hidden="true" /> : <Play aria-hidden="true" />}
            {kind === 'idle' ? 'Start' : 'Search on'}
          </Button>
        )
      }
    >
      <div className="find">
        {subject !== null && broken !== brokenHere && (
          <p className="find-note">
            The cluster on the screen has changed since. This was found with the cluster as it was when the
            search began.
          </p>
        )}
        <Broken names={broken} />
        <LookFor value={wanted} anyBroken={broken !== ''} fixed={isBusy} onChange={lookFor} />
        <Outcome anyBroken={broken !== ''} isBest={wanted === 'best'} />
        <Figures />
        {!sessions && !wantsSessions(wanted) && (
          <p className="find-note">
            Client sessions are off: nothing keeps a command that is sent again from being applied again (§8).
            The search does not count that as a violation, nor anything else that clients see
            {broken === '' ? '' : ', unless the broken rule shows in it'}.
          </p>
        )}
      </div>
    </DialogFrame>
  )
}

const wantsSessions = (wanted: Wanted): boolean => wanted === 'ExactlyOnce' || wanted === 'Linearizability'

/** How many broken rules have a line of their own. */
const SHOWN = 4

function Broken({ names }: { names: string }) {
  const all = names.split('\n')
  const [first, rest] = all.length > SHOWN + 1 ? [all.slice(0, SHOWN), all.slice(SHOWN)] : [all, []]
  return (
    <section className="find-broken" aria-label="Rules broken now">
      <h3>Rules broken now</h3>
      {names === '' ? (
        <p>None: this cluster should keep all that it promises. Rules can be broken under Rules.</p>
      ) : (
        <ul>
          {first.map((name) => (
            <li key={name}>{name}</li>
          ))}
          {rest.length > 0 && (
            <li title={rest.join('\n')}>
              and {rest.length} more: {rest.slice(0, 2).join(', ')}
              {rest.length > 2 && ' …'}
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

interface LookForProps {
  readonly value: Wanted
  readonly anyBroken: boolean
  readonly fixed: boolean
  readonly onChange: (wanted: Wanted) => void
}

function LookFor({ value, anyBroken, fixed, onChange }: LookForProps) {
  const id = useId()
  const options = (ids: readonly PropertyId[]) =>
    ids.map((one) => (
      <option key={one} value={one}>
        {PROPERTY_WORDS[one].name}
      </option>
    ))
  return (
    <div className="find-for">
      <label htmlFor={id}>Look for</label>
      <select
        id={id}
        className="field"
        value={value}
        disabled={fixed}
        onChange={({ currentTarget }) => onChange(currentTarget.value as Wanted)}
      >
        <option value="best">{anyBroken ? 'The clearest effect of what is broken' : 'Anything'}</option>
        {anyBroken && <option value="any">Anything, also the breach of the rule itself</option>}
        <optgroup label="Safety properties">{options(PROMISES)}</optgroup>
        <optgroup label="Conditions and promises to clients">{options(OTHERS)}</optgroup>
      </select>
    </div>
  )
}
