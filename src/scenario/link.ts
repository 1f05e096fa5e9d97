import type { Micros } from '../base/ids.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { ByteReader, ByteWriter, Unreadable } from './bytes.ts'
import { crc32 } from './crc.ts'
import { deflate, inflate } from './deflate.ts'
import { readPayload, writePayload } from './payload.ts'
import type { Scenario } from './scenario.ts'
import { validate } from './validate.ts'

/**
 * `#w1.` and, in base64url: the body's length, a checksum, and the body: the payload deflated, or, after `#w0.`, as it
 * is. Length and checksum stand outside, so a link that lost its end is known for one before anything is inflated.
 */

/** Chat programs cut at 2,000 characters. */
export const LINK_BUDGET = 1900
const LONGEST_FRAGMENT = 16_384
const LONGEST_PAYLOAD = 65_536
const PLAIN = 0
const DEFLATED = 1

export type LinkProblem = 'cut short' | 'newer version' | 'not a scenario'

export type Decoded =
  | { readonly ok: true; readonly scenario: Scenario; readonly stateHash: number | null }
  | { readonly ok: false; readonly problem: LinkProblem; readonly sentence: string }

/** Whether a whole link, address and all, survives being sent around. */
export const fitsLink = (link: string): boolean => link.length <= LINK_BUDGET

/** The part of a link from `#` on. `stateHash` is that of the world at the view's position. */
export async function encodeLink(scenario: Scenario, stateHash: number | null): Promise<string> {
  const payload = writePayload(scenario, stateHash)
  const deflated = await deflate(payload)
  return deflated !== null && deflated.length < payload.length
    ? fragmentOf(DEFLATED, deflated)
    : fragmentOf(PLAIN, payload)
}

function fragmentOf(codec: number, body: Uint8Array): string {
  const to = new ByteWriter().varint(body.length).uint32(checksum(codec, body))
  for (const byte of body) to.byte(byte)
  return `#w${codec}.${toBase64url(to.done())}`
}

/** The codec counts as well, so a link with a wrong tag is not taken for another scenario. */
const checksum = (codec: number, body: Uint8Array): number => crc32(body, crc32(Uint8Array.of(codec)))

/** Opens what `encodeLink` made. White space in it, and what a sentence put behind it, is passed over. */
export async function decodeLink(fragment: string): Promise<Decoded> {
  if (fragment.length > LONGEST_FRAGMENT) return no('not a scenario', 'It is too long.')
  const bare = fragment.replace(/\s+/g, '').replace(/^#/, '')
  if (/^(w[01]?)?$/.test(bare)) return no('cut short')
  const [, codec, text] = /^w(\d{1,4})\.(.*?)[^\w-]*$/.exec(bare) ?? []
  if (codec === undefined || text === undefined) return no('not a scenario')
  if (Number(codec) > DEFLATED) return no('newer version')
  const body = openEnvelope(Number(codec), text)
  if (typeof body === 'string') return no(body)
  const payload = Number(codec) === PLAIN ? body : await inflate(body, LONGEST_PAYLOAD)
  return payload === null ? no('not a scenario') : scenarioIn(payload)
}

/** The body, if it is all there and nothing in it has changed. */
function openEnvelope(codec: number, text: string): Uint8Array | LinkProblem {
  const decoded = fromBase64url(text)
  if (decoded === null) return 'not a scenario'
  const from = new ByteReader(decoded.bytes)
  try {
    const length = from.varint()
    if (length > LONGEST_FRAGMENT) return 'not a scenario'
    const expected = from.uint32()
    const body = from.rest()
    if (body.length < length) return 'cut short'
    const sound = body.length === length && decoded.whole && checksum(codec, body) === expected
    return sound ? body : 'not a scenario'
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    // Where the text ends before its body begins, the rest is missing.
    return from.atEnd ? 'cut short' : 'not a scenario'
  }
}

function scenarioIn(payload: Uint8Array): Decoded {
  try {
    const { scenario, stateHash } = readPayload(payload)
    const checked = validate(scenario)
    if (!checked.ok) return no('not a scenario', checked.sentence)
    return { ok: true, scenario: checked.scenario, stateHash }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return no(error.why === 'newer' ? 'newer version' : 'not a scenario')
  }
}

const SENTENCES: Readonly<Record<LinkProblem, string>> = {
  'cut short': 'This link was cut short: its end is missing. Ask for it again, or for a file.',
  'newer version': 'This link was made by a newer version of the program. Reload the page to get it.',
  'not a scenario': 'This link does not hold a scenario.',
}

const no = (problem: LinkProblem, detail?: string): Decoded => ({
  ok: false,
  problem,
  sentence: detail === undefined ? SENTENCES[problem] : `${SENTENCES[problem]} ${detail}`,
})

/** The fourth thing that can be wrong with a link, which shows only when it is played. */
export const replaysDifferently = (at: Micros): string =>
  `This scenario replays differently here: by ${at / 1000} ms its history is not the one the link was made from.`
