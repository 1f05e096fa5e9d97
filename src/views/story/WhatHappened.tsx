import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { goToEvents } from '../../store/navigate.ts'
import { mirror } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import { foretell } from '../../words/upcoming.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { termColor } from '../kit/format.ts'
import { aheadOf, keyOf } from '../next/ahead.ts'
import { type Filter, leadsIn, type Row, storyAround } from './rows.ts'
import { ComingRow, StoryRow } from './StoryRow.tsx'
import './story.css'
import { useFollowing } from './use-following.ts'

/** How many pending events are foretold below the last line. */
const FORETOLD = 3
/** How many more lines of the past are shown at a time. */
const EARLIER = 40
/** From this slowdown on there is time to read the quiet lines too. */
const SLOW = 50

/** What happened as a list of sentences, with the present event marked and what is known to follow below. */
export function WhatHappened() {
  const frame = useCalm((state) => state.frame)
  const [filter, setFilter] = useState<Filter>('all')
  if (frame === null) return <p className="panel story-wait">The cluster is being started…</p>
  return (
    <div className="story">
      <Story frame={frame} filter={filter} />
      <fieldset className="story-filter">
        <legend className="unseen">What is listed</legend>
        <FilterButton
          filter="main"
          label="Main"
          title="Only what a lecture stops at"
          now={filter}
          set={setFilter}
        />
        <FilterButton filter="all" label="All" title="The smaller steps too" now={filter} set={setFilter} />
      </fieldset>
    </div>
  )
}

interface FilterButtonProps {
  readonly filter: Filter
  readonly label: string
  readonly title: string
  readonly now: Filter
  readonly set: (filter: Filter) => void
}

function FilterButton({ filter, label, title, now, set }: FilterButtonProps) {
  return (
    <Button small look="quiet" title={title} aria-pressed={filter === now} onClick={() => set(filter)}>
      {label}
    </Button>
  )
}

function Story({ frame, filter }: { frame: Frame; filter: Filter }) {
  const playing = useCalm((state) => state.playing)
  const slow = useCalm((state) => state.slowdown >= SLOW)
  const whole = !playing || (filter === 'all' && slow)
  const list = useRef<HTMLOListElement>(null)
  /** The first fact to show while the viewer reads elsewhere; `null` while the list follows the present. */
  const [held, setHeld] = useState<number | null>(null)
  const upTo = mirror.factsUpTo(frame.events)
  const { rows, first, more, cut } = storyAround(mirror.facts, upTo, frame, filter, whole, held)
  const { away, setAway, onScroll } = useFollowing(list, frame.events, playing)
  useLayoutEffect(() => setHeld((old) => (away ? (old ?? first) : null)), [away, first])
  const last = cut ? -1 : rows.findLastIndex(({ tense }) => tense !== 'ahead')
  const atFrontier = upTo === mirror.facts.length && frame.end === null && !cut
  const showEarlier = () => {
    setAway(true)
    setHeld(Math.max(0, first - EARLIER))
  }
  if (rows.length === 0) return <NothingYet frame={frame} />
  return (
    <>
      <ol
        ref={list}
        className="story-list"
        aria-label="What happened"
        onScroll={onScroll}
        onKeyDown={walkRows}
      >
        {more && (
          <li className="story-more">
            <button type="button" className="panel-link" onClick={showEarlier}>
              Show earlier
            </button>
          </li>
        )}
        {rows.map((row, i) => (
          <StoryRow
            key={row.key}
            event={row.event}
            at={row.at}
            cause={row.cause}
            sentence={row.sentence}
            color={colorOf(row)}
            tense={row.tense}
            latest={i === last}
            asks={row.event === rows[last]?.event && rows[i - 1]?.event !== row.event}
          />
        ))}
        {atFrontier && <Foretold frame={frame} />}
      </ol>
      {away && (
        <Button small className="story-back" onClick={() => setAway(false)}>
          Back to now
        </Button>
      )}
    </>
  )
}

function Foretold({ frame }: { frame: Frame }) {
  const script = useCalm((state) => state.scenario.script)
  return frame.upcoming.slice(0, FORETOLD).map((next) => {
    const ahead = aheadOf(next, script)
    return ahead && <ComingRow key={keyOf(next)} at={next.at} sentence={foretell(ahead)} />
  })
}

function NothingYet({ frame }: { frame: Frame }) {
  return (
    <div className="panel">
      <div className="panel-empty">
        <p>
          <b>Nothing yet.</b>
          Each server waits out its election timeout, drawn at random; the first to run out stands for
          election.
        </p>
        <Button small onClick={() => goToEvents(frame.events + 1)}>
          Go to the first event
        </Button>
      </div>
    </div>
  )
}

function colorOf({ server, event }: Row): string | null {
  if (server === null) return null
  const term = leadsIn(mirror.conditions, server, event)
  return term === null ? null : termColor(term)
}

/** Up and down move between the rows; the Tab key goes past them. */
function walkRows(event: KeyboardEvent<HTMLOListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.story-go')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at === -1 || next === undefined) return
  event.preventDefault()
  next.focus()
}
