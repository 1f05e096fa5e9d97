import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { fresh } from '../scenario/fresh.ts'
import type { Scenario, Selection } from '../scenario/scenario.ts'
import type { Frame } from '../worker/protocol.ts'
import { Mirror } from './records.ts'
import type { Walk } from './walk.ts'

/** What the page is doing about its engine. */
export type Status =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  /** The simulation itself failed: nothing of the scenario is lost. */
  | { readonly kind: 'failed'; readonly message: string }

/** A sentence shown for a while, with at most one thing to do about it. */
export interface Notice {
  readonly text: string
  readonly tone: 'plain' | 'bad'
  readonly action: { readonly label: string; readonly run: () => void } | null
}

/** What a click on a server does; `command` and `members` have a box of their own open. */
export type Tool = 'select' | 'crash' | 'timeout' | 'partition' | 'command' | 'members'
export type Panel = 'happened' | 'next' | 'server' | 'message' | 'clients' | 'safety'
export type Dialog = 'scenarios' | 'settings' | 'rules' | 'share' | 'keys' | 'find' | null

export interface AppState {
  readonly status: Status
  readonly scenario: Scenario
  /** The scenario was changed here since it was opened. */
  readonly edited: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** The moment on the screen; `null` until the first answer of the worker. */
  readonly frame: Frame | null
  readonly playing: boolean
  /** Simulated time runs at 1/slowdown of real time. */
  readonly slowdown: number
  readonly selection: Selection | null
  readonly tool: Tool
  /** While a partition is drawn: the group of each server, by id − 1. */
  readonly groups: readonly number[]
  readonly panel: Panel
  readonly presenting: boolean
  readonly dialog: Dialog
  readonly notice: Notice | null
  /** A link that was opened here gave another history than where it was made. */
  readonly strayed: string | null
  /** The steps to what was broken, while they are walked through. */
  readonly walk: Walk | null
  /** A curve of how likely something is stands over the timeline. */
  readonly curve: boolean
}

export const app = createStore<AppState>()(() => ({
  status: { kind: 'starting' },
  scenario: fresh,
  edited: false,
  canUndo: false,
  canRedo: false,
  frame: null,
  playing: true,
  slowdown: fresh.view.slowdown ?? 10,
  selection: null,
  tool: 'select',
  groups: [],
  panel: 'happened',
  presenting: false,
  dialog: null,
  notice: null,
  strayed: null,
  walk: null,
  curve: false,
}))

/** The page's copy of what the worker has recorded. */
export const mirror = new Mirror()

/** Where React takes over a page that is there already, it was drawn from the present state. */
const shown = { ...app, getInitialState: app.getState }

export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(shown, selector)
}

export function say(text: string, tone: Notice['tone'] = 'plain', action: Notice['action'] = null): void {
  app.setState({ notice: { text, tone, action } })
}

/** A part of the page that is loaded only when wanted did not come: a bad network, or a new version in its place. */
export function sayMissing(): void {
  say('A part of this page could not be loaded. Reload it to try again; nothing of your work is lost.', 'bad')
}
