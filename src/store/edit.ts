import type { Micros } from '../base/ids.ts'
import { MOST_SCRIPT_LINES, type Scenario, type View } from '../scenario/scenario.ts'
import type { Intervention } from '../simulation/script.ts'
import type { Position } from '../worker/protocol.ts'
import { Engine, type Port } from './engine.ts'
import { firstFrame } from './first-frame.ts'
import { loaded } from './loaded.ts'
import type { Patch } from './patches.ts'
import { player } from './player.ts'
import { app, say } from './state.ts'

/** One edit of the scenario, with the moment it was made at, so that undo can show what it takes back. */
interface Edit {
  readonly forward: Patch[]
  readonly back: Patch[]
  readonly before: Position
  readonly after: Position
}

let past: Edit[] = []
let future: Edit[] = []
let engine: Engine | null = null
let makePort: (() => Port) | null = null
let epoch = 0
/** What edits are made with; `null` until the first is made or expected. */
let maker: typeof import('./patches.ts') | null = null

/** What has to be ready before the first edit, as well. */
let keeper: () => Promise<void> = async () => undefined

export function beforeFirstEdit(ready: () => Promise<void>): void {
  keeper = ready
}

/** Loads what edits are made with and kept by, so that the first is made at once. */
export async function prepareEdits(): Promise<void> {
  const [parts] = await Promise.all([maker ?? loaded(import('./patches.ts')), keeper()])
  maker ??= parts
}

/** If what edits are made with does not come, that is said, and nothing is edited. */
async function oncePrepared(deed: () => void): Promise<void> {
  const edits = past
  await prepareEdits()
  if (maker !== null && past === edits) deed()
}

/** Starts the simulation. `port` makes a worker; it is called again if one has failed. */
export function startEngine(port: () => Port): void {
  makePort = port
  const { scenario, frame } = app.getState()
  if (frame === null && scenario.view.at === 0) app.setState({ frame: firstFrame(scenario) })
  launch()
  load(scenario)
  void player.show(positionOf(scenario.view))
}

function launch(): void {
  if (makePort === null) return
  engine?.stop()
  engine = new Engine(makePort(), (message) => {
    if (message === null) app.setState({ status: { kind: 'ready' } })
    else app.setState({ status: { kind: 'failed', message }, playing: false })
  })
}

/** After a failure: a new worker, the same scenario, the same moment. */
export function restartEngine(): void {
  const { frame, scenario } = app.getState()
  // What is on the screen may still be of the scenario before.
  const isPresent = frame !== null && frame.epoch === epoch
  const position = isPresent ? player.here(frame) : (player.goal ?? positionOf(scenario.view))
  app.setState({ status: { kind: 'starting' } })
  launch()
  load(scenario)
  void player.show(position)
}

export const currentEngine = (): Engine | null => engine

function load(scenario: Scenario): void {
  if (engine === null) return
  epoch++
  player.connect(engine, epoch)
  // If the worker has failed, it has been said.
  engine.ask({ kind: 'load', scenario, epoch }).catch(() => undefined)
}

/** Opens a scenario in place of the present one, at the moment it names. */
export function openScenario(scenario: Scenario, edited = false): Promise<void> {
  past = []
  future = []
  const { slowdown } = app.getState()
  app.setState({
    scenario,
    edited,
    canUndo: false,
    canRedo: false,
    selection: scenario.view.selection,
    slowdown: scenario.view.slowdown ?? slowdown,
    groups: [],
    tool: 'select',
    strayed: null,
    walk: null,
  })
  load(scenario)
  return player.show(positionOf(scenario.view))
}

export const positionOf = ({ at, skip }: View): Position => ({ kind: 'time', at, skip })

/**
 * Makes an intervention at the moment on the screen. What the script held from there on is replaced; undo brings it
 * back.
 */
export function act(intervention: Intervention): void {
  const { frame, scenario } = app.getState()
  if (frame === null) return
  if (maker === null) return void oncePrepared(() => act(intervention))
  if (frame.epoch !== epoch) return afterLastEdit(() => act(intervention))
  if (frame.end !== null) return
  if (frame.scriptDone >= MOST_SCRIPT_LINES) {
    return say(
      `A script holds at most ${MOST_SCRIPT_LINES} interventions: go on from an earlier moment.`,
      'bad',
    )
  }
  const at = Math.floor(player.now) as Micros
  const skip = frame.at === at ? frame.eventsNow : 0
  const item = { at, skip, act: intervention }
  const [next, forward, back] = maker.edited(scenario, (draft) => {
    draft.script.splice(frame.scriptDone, draft.script.length, item as (typeof draft.script)[number])
  })
  const before: Position = { kind: 'time', at, skip }
  const after: Position = { kind: 'events', events: frame.events + 1 }
  past.push({ forward, back, before, after })
  future = []
  commit(next, after)
}

/** Until the last edit is on the screen, the moment there belongs to the history before it. */
function afterLastEdit(deed: () => void): void {
  const edits = past
  const stop = app.subscribe(({ frame }) => {
    if (frame?.epoch !== epoch) return
    stop()
    queueMicrotask(() => {
      if (past === edits) deed()
    })
  })
}

/** Renames the scenario; part of the document, and so of undo. */
export function rename(name: string): void {
  const { frame, scenario } = app.getState()
  if (frame === null || name === scenario.name) return
  if (maker === null) return void oncePrepared(() => rename(name))
  if (frame.epoch !== epoch) return afterLastEdit(() => rename(name))
  const [next, forward, back] = maker.edited(scenario, (draft) => {
    draft.name = name
  })
  const here = player.goal ?? player.here(frame)
  past.push({ forward, back, before: here, after: here })
  future = []
  commit(next, here)
}

export function undo(): void {
  const edit = maker === null ? undefined : past.pop()
  if (maker === null || edit === undefined) return
  future.push(edit)
  commit(maker.patched(app.getState().scenario, edit.back), edit.before)
}

export function redo(): void {
  const edit = maker === null ? undefined : future.pop()
  if (maker === null || edit === undefined) return
  past.push(edit)
  commit(maker.patched(app.getState().scenario, edit.forward), edit.after)
}

function commit(scenario: Scenario, position: Position): void {
  app.setState({
    scenario,
    edited: true,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    strayed: null,
    walk: null,
  })
  load(scenario)
  void player.show(position)
}
