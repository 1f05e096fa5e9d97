import type { Sentence } from '../../words/sentence.ts'

/** A sentence with its weighty part in bold. */
export function Telling({ sentence }: { sentence: Sentence }) {
  // The parts of one sentence never change places, so their place is their key.
  return sentence.parts.map((part, i) => (part.strong === true ? <b key={i}>{part.text}</b> : part.text))
}
