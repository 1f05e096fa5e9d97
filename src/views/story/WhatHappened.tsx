import { type Dispatch, type SetStateAction, useLayoutEffect, useRef, useState } from 'react'
import { goToEvents } from '../../store/navigate.ts'
import { mirror } from '../../store/state.ts'
import { isCrowded, useCalm } from '../../store/throttle.ts'
import { foretell } from '../../store/words.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { termColor } from '../kit/format.ts'
import { aheadOf, keyOf } from '../next/ahead.ts'
import {
  type Filter,
  leadsIn,
  PAST_CROWDED,
  type Row,
  type Story as StoryLines,
  storyAround,
} from './rows.ts'
import { ComingRow, StoryRow } from './StoryRow.tsx'
import './story.css'
import { useFollowing } from './use-following.ts'

/** How many pending events are foretold below the last line. */
const FORETOLD = 3
/** How many of the lines that follow are in view while the list follows the present. */
const IN_VIEW = 4
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
  /** The first fact to show while the viewer reads elsewhere; `null` while the list follows the present. */
  const [held, setHeld] = useState<number | null>(null)
  const upTo = mirror.factsUpTo(frame.events)
  const lacking = mirror.lacksFactsUpTo(frame.events)
  const most = isCrowded() ? PAST_CROWDED : undefined
  const story = storyAround(mirror.facts, upTo, frame, filter, whole, held, lacking, most)
  const atFrontier = upTo === mirror.facts.length && frame.end === null && !story.cut
  if (story.rows.length === 0 && !lacking) return <NothingYet frame={frame} />
  return <Lines story={story} frame={frame} playing={playing} atFrontier={atFrontier} setHeld={setHeld} />
}

interface LinesProps {
  readonly story: StoryLines
  readonly frame: Frame
  readonly playing: boolean
  readonly atFrontier: boolean
  readonly setHeld: Dispatch<SetStateAction<number | null>>
}

/** The past, and after it what follows: two lists that scroll as one. */
function Lines({ story, frame, playing, atFrontier, setHeld }: LinesProps) {
  const { rows, first, more, gap, cut } = story
  const scroller = useRef<HTMLDivElement>(null)
  const { away, setAway, onScroll } = useFollowing(scroller, frame.events, playing, cut)
  useLayoutEffect(() => setHeld((old) => (away ? (old ?? first) : null)), [away, first, setHeld])
  const ends = rows.findLastIndex(({ tense }) => tense !== 'ahead') + 1
  const last = cut ? undefined : rows[ends - 1]
  const lineOf = (row: Row, i: number, lines: readonly Row[]) => (
    <StoryRow
      key={row.key}
      event={row.event}
      at={row.at}
      cause={row.cause}
      sentence={row.sentence}
      color={colorOf(row)}
      tense={row.tense}
      latest={row === last}
      asks={row.event === last?.event && lines[i - 1]?.event !== row.event}
    />
  )
  const showEarlier = () => {
    setAway(true)
    setHeld(Math.max(0, first - EARLIER))
  }
  return (
    <>
      <div className="story-place">
        <div ref={scroller} className="story-lists" data-away={away ? '' : undefined} onScroll={onScroll}>
          <ol className="story-list" aria-label="What happened">
            {more && (
              <li className="story-more">
                {gap ? (
                  'Loading what came before…'
                ) : (
                  <button type="button" className="panel-link" onClick={showEarlier}>
                    Show earlier
                  </button>
                )}
              </li>
            )}
            {rows.slice(0, ends).map(lineOf)}
          </ol>
          <ol className="story-list" aria-label="What follows" hidden={ends === rows.length && !atFrontier}>
            {rows.slice(ends, playing && !away ? ends + IN_VIEW : undefined).map(lineOf)}
            {atFrontier && <Foretold frame={frame} />}
          </ol>
        </div>
      </div>
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
