import { type KeyboardEvent, memo, type PointerEvent } from 'react'
import { loaded } from '../../store/loaded.ts'
import { goToEvents } from '../../store/navigate.ts'
import type { Sentence } from '../../words/sentence.ts'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'
import { Countdown } from '../panels/Countdown.tsx'
import type { Row } from './rows.ts'

export interface StoryRowProps {
  readonly event: number
  readonly at: number
  readonly cause: number
  readonly sentence: Sentence
  /** The colour of the term that its server leads; `null` if it does not lead. */
  readonly color: string | null
  readonly tense: Row['tense']
  /** The last of what has happened. */
  readonly latest: boolean
  /** Where to ask why: at the first line of the last event. */
  readonly asks: boolean
}

/** One thing that happened: when, who, what and why, and where the paper says so. A click goes there. */
export const StoryRow = memo(function StoryRow(props: StoryRowProps) {
  const { event, at, cause, sentence, color, tense, latest, asks } = props
  return (
    <li
      className="story-row"
      data-tense={tense}
      data-weight={sentence.weight}
      data-latest={latest ? '' : undefined}
      aria-current={tense === 'now' ? 'step' : undefined}
    >
      <time>
        {msText(at)}
        <span className="unseen"> ms</span>
      </time>
      <span className="story-who" style={color === null ? undefined : { color }}>
        {sentence.who}
      </span>
      <button
        type="button"
        className="story-go"
        tabIndex={latest ? 0 : -1}
        onClick={() => goToEvents(event + 1)}
        onKeyDown={walkRows}
      >
        <Telling sentence={sentence} />
      </button>
      {asks && cause >= 0 && (
        <button
          type="button"
          className="story-why"
          title="Go to the event that led to this one"
          onClick={() => goToEvents(cause + 1)}
        >
          why?
        </button>
      )}
      <span className="story-section" onPointerEnter={(event) => void tip(event, sentence.rule)}>
        {sentence.rule}
      </span>
    </li>
  )
})

/** What a section is about is said to whoever points at it. */
async function tip({ currentTarget }: PointerEvent<HTMLElement>, rule: Sentence['rule']): Promise<void> {
  const words = rule === null ? null : await loaded(import('../../words/sections.ts'))
  if (rule !== null && words !== null) currentTarget.title = words.sectionTitle(rule)
}

/** Something that is due, if nobody interferes. */
export const ComingRow = memo(function ComingRow({ at, sentence }: { at: number; sentence: Sentence }) {
  return (
    <li className="story-row" data-tense="ahead">
      <time>
        <span className="story-in">in </span>
        <Countdown at={at} />
      </time>
      <span className="story-who">{sentence.who}</span>
      <span className="story-text">
        <Telling sentence={sentence} />
      </span>
    </li>
  )
})

/** Up and down move between the rows; the Tab key goes past them. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const lists = event.currentTarget.closest('.story-lists')
  const buttons = [...(lists?.querySelectorAll<HTMLElement>('.story-go') ?? [])]
  const next = buttons[buttons.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
