import { useEffect, useRef, useState } from 'react'
import { useCalm } from '../../store/throttle.ts'
import { plain } from '../../words/sentence.ts'
import type { Frame } from '../../worker/protocol.ts'
import { sentenceOf } from './rows.ts'

/** Slower than this, sentences can be read out while time runs. */
const SLOW = 100
/** A screen reader needs about this long for a sentence. */
const BETWEEN_MS = 1500

/** Reads the story out to those who cannot see it: each step by hand, and the beats while time runs slowly. */
export function Announcer() {
  const frame = useCalm((state) => (state.playing && state.slowdown < SLOW ? null : state.frame))
  const playing = useCalm((state) => state.playing)
  const [text, setText] = useState('')
  const spoken = useRef({ event: -1, at: -BETWEEN_MS })
  useEffect(() => {
    if (frame === null) return
    const now = performance.now()
    const { event, at } = spoken.current
    if (frame.events === event || (playing && now - at < BETWEEN_MS)) return
    const words = wordsFor(frame, playing)
    if (words === '') return
    spoken.current = { event: frame.events, at: now }
    setText(words)
  }, [frame, playing])
  return (
    <p className="unseen" aria-live="polite" aria-atomic="true">
      {text}
    </p>
  )
}

function wordsFor({ happened }: Frame, playing: boolean): string {
  const sentences = (happened?.facts ?? []).map(sentenceOf)
  const beats = sentences.filter(({ weight }) => weight === 'beat')
  return (beats.length > 0 || playing ? beats : sentences.slice(0, 1)).map(plain).join(' ')
}
