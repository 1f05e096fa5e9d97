import { goToEvents } from '../../store/navigate.ts'
import { useCalm } from '../../store/throttle.ts'
import { whyOver } from '../../words/ending.ts'
import type { Upcoming } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { isSelected } from '../kit/is-selected.ts'
import { keyOf } from './ahead.ts'
import { NextRow } from './NextRow.tsx'
import './next.css'

/** What happens next if nobody interferes, and ways to interfere. */
export function WhatComesNext() {
  const upcoming = useCalm((state) => state.frame?.upcoming ?? NOTHING)
  const script = useCalm((state) => state.scenario.script)
  const selection = useCalm((state) => state.selection)
  if (upcoming.length === 0) return <NothingNext />
  return (
    <>
      <ol className="next-list" aria-label="What comes next">
        {upcoming.map((next) => {
          const selected = 'flight' in next && isSelected(selection, next.flight.name)
          return <NextRow key={keyOf(next)} next={next} script={script} selected={selected} />
        })}
      </ol>
      <Crowd />
    </>
  )
}

/** Where there are more messages than are drawn: how many. */
function Crowd() {
  const all = useCalm((state) => state.frame?.flightCount ?? 0)
  const drawn = useCalm((state) => state.frame?.flights.length ?? 0)
  if (all === drawn) return null
  return (
    <p className="next-crowd">
      {all.toLocaleString('en')} messages are on their way; the {drawn} that arrive first are drawn.
    </p>
  )
}

const NOTHING: readonly Upcoming[] = []

function NothingNext() {
  const end = useCalm((state) => state.frame?.end ?? null)
  return (
    <div className="panel">
      {end === null ? (
        <div className="panel-empty">
          <p>
            <b>Nothing is due.</b>
            No message is on its way, and no timer runs. Restart or resume a server, or send a command.
          </p>
        </div>
      ) : (
        <div className="panel-empty">
          <p>
            <b>The run ends here.</b>
            {whyOver(end.fact)}
          </p>
          <Button small onClick={() => goToEvents(end.event)}>
            Go back before it
          </Button>
        </div>
      )}
    </div>
  )
}
