import * as v from 'valibot'
import { contradiction } from './consistency.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema.ts'

/** A scenario that may be simulated, or what is wrong with it, in a sentence for the person whose it is. */
export type Checked =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly sentence: string }

/** Checks everything: nothing from outside reaches the simulator any other way. */
export function validate(value: unknown): Checked {
  const parsed = v.safeParse(scenarioSchema, value, { abortEarly: true })
  if (!parsed.success) return { ok: false, sentence: sentenceOf(parsed.issues[0]) }
  const wrong = contradiction(parsed.output)
  return wrong === null ? { ok: true, scenario: parsed.output } : { ok: false, sentence: wrong }
}

/** `Script line 3: act.server must be a whole number from 1 to 9.` */
function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) => key)
  // An unknown field is named in the message; what the sentence is about is the object that has it.
  if (issue.expected === 'never') path.pop()
  const [place, rest] = splitPlace(path)
  const field = rest.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${part}`)).join('')
  const about = field.replace(/^\./, '')
  const { message } = issue
  const separate = message.startsWith('there is')
  if (place === '') return `${about || 'It'}${separate ? ': ' : ' '}${message}.`
  return `${place}${about === '' ? ' ' : `: ${about}${separate ? ': ' : ' '}`}${message}.`
}

function splitPlace(path: readonly unknown[]): [place: string, rest: readonly unknown[]] {
  const [list, i, inner, j] = path
  if (typeof i !== 'number') return ['', path]
  if (list === 'script') return [`Script line ${i + 1}`, path.slice(2)]
  if (inner === 'log' && typeof j === 'number')
    return [`Initial log of S${i + 1}, entry ${j + 1}`, path.slice(4)]
  return [`Initial state of S${i + 1}`, path.slice(2)]
}
