import { decodeLink, encodeLink, fitsLink, LINK_BUDGET } from '../scenario/link.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { openAnother } from './current.ts'
import { currentEngine, positionOf } from './edit.ts'
import { settledScenario } from './moment.ts'
import { app, say } from './state.ts'
import { strayedText } from './strayed.ts'

export interface Link {
  readonly address: string
  /** Short enough to be sent around. */
  readonly fits: boolean
  readonly budget: number
}

/** A link to what is on the screen: the scenario, the moment, what is selected, and the speed. */
export async function makeLink(): Promise<Link> {
  const scenario = await settledScenario()
  const stateHash = await hashOf(scenario)
  const bare = location.href.replace(/#.*$/s, '')
  const address = bare + (await encodeLink(scenario, stateHash))
  return { address, fits: fitsLink(address), budget: LINK_BUDGET }
}

/** The state hash at the moment that a scenario opens at; `null` if the worker cannot tell. */
async function hashOf(scenario: Scenario): Promise<number | null> {
  const engine = currentEngine()
  if (engine === null || app.getState().status.kind !== 'ready') return null
  const question = { kind: 'hash', position: positionOf(scenario.view) } as const
  for (;;) {
    const answer = await engine.ask(question).catch(() => null)
    if (answer?.hash !== 'later') return answer?.hash ?? null
  }
}

/** Copies, and says so or how else; true if it went well. */
export async function copyAddress(address: Promise<string>): Promise<boolean> {
  const copied = await copyText(address)
  if (copied) {
    say('Link copied')
  } else {
    app.setState({ dialog: 'share' })
    say('This browser does not let the page copy: select the link and copy it yourself.', 'bad')
  }
  return copied
}

async function copyText(text: Promise<string>): Promise<boolean> {
  try {
    // Safari lets a page copy only straight from the click, so it is given the promise.
    const blob = text.then((it) => new Blob([it], { type: 'text/plain' }))
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
    return true
  } catch {
    return copyBySelection(await text)
  }
}

/** For pages that are not served securely, and browsers that ask. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  // Inside an open dialog, since that keeps the focus to itself.
  const place = document.querySelector('[role="dialog"]') ?? document.body
  const focused = document.activeElement
  place.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}

/** Opens a link. A bad one says what is wrong with it, and changes nothing. */
export async function openLink(fragment: string): Promise<boolean> {
  const decoded = await decodeLink(fragment)
  if (!decoded.ok) {
    say(decoded.sentence, 'bad')
    return false
  }
  const { scenario, stateHash } = decoded
  // Whoever sent it means this moment.
  if (scenario.view.at > 0) app.setState({ playing: false })
  const shown = openAnother(scenario, { link: fragment })
  void shown.then(() => compare(scenario, stateHash))
  return true
}

/** Says so if the history is not the one that the link was made from. */
async function compare(scenario: Scenario, stateHash: number | null): Promise<void> {
  const { frame, scenario: present } = app.getState()
  // Whoever has gone on to something else needs no word about this, and the worker no work for it.
  if (present !== scenario || frame === null || (frame.end === null && frame.time < scenario.view.at)) return
  const hash = stateHash === null ? null : await hashOf(scenario)
  const strayed = strayedText(scenario, stateHash, hash)
  if (app.getState().scenario === scenario) app.setState({ strayed })
}
