import type { Micros } from '../base/ids.ts'
import { SLOWDOWNS } from '../scenario/scenario.ts'
import type { Landmark } from '../worker/protocol.ts'
import { currentEngine } from './edit.ts'
import { player } from './player.ts'
import { app, say } from './state.ts'
import { inTurn, leap } from './steps.ts'

export function play(): void {
  if (app.getState().frame?.end === null) app.setState({ playing: true })
}

export function pause(): void {
  app.setState({ playing: false })
}

export function togglePlay(): void {
  if (app.getState().playing) pause()
  else play()
}

export function setSlowdown(slowdown: number): void {
  app.setState({ slowdown })
}

/** One step slower (+1) or faster (−1). */
export function changeSpeed(by: 1 | -1): void {
  const { slowdown } = app.getState()
  const at = SLOWDOWNS.findIndex((step) => step >= slowdown)
  const next = SLOWDOWNS[Math.max(0, Math.min(SLOWDOWNS.length - 1, at + by))]
  if (next !== undefined) setSlowdown(next)
}

/** Shows the state at a time, in µs. */
export function goToTime(at: number): void {
  leap()
  showTime(at)
}

const showTime = (at: number): void =>
  void player.show({ kind: 'time', at: Math.max(0, Math.floor(at)) as Micros, skip: null })

/** Shows the state behind so many events. */
export function goToEvents(events: number): void {
  leap()
  pause()
  void player.show({ kind: 'events', events: Math.max(0, events) })
}

/** One event on or back. */
export function stepEvent(by: 1 | -1): void {
  pause()
  void inTurn((events) => void player.show({ kind: 'events', events: Math.max(0, events + by) }))
}

/** So many µs on, or back where negative. */
export function stepTime(by: number): void {
  void inTurn(async (_, isVoid) => {
    await player.settled()
    if (!isVoid()) showTime(player.now + by)
  })
}

const NAMES: Readonly<Record<Landmark, string>> = {
  beat: 'event worth a stop',
  election: 'election',
  commit: 'commit',
  act: 'intervention',
}

/** To the next or previous election, commit, intervention, or event worth a stop. */
export function jump(what: Landmark, direction: 1 | -1): Promise<void> {
  pause()
  return inTurn(async (from, isVoid) => {
    const answer = await currentEngine()
      ?.ask({ kind: 'find', what, from, direction })
      .catch(() => null)
    if (answer === undefined || answer === null || isVoid()) return
    const { events, searchedTo } = answer
    if (events !== null) void player.show({ kind: 'events', events })
    else if (direction === -1) say(`There is no earlier ${NAMES[what]}.`)
    else say(`No further ${NAMES[what]} up to ${(searchedTo / 1000).toFixed(0)} ms.`)
  })
}

export function goToStart(): void {
  goToEvents(0)
}

/** As far as the history is known. */
export function goToEnd(knownTo: number): void {
  pause()
  goToTime(knownTo)
}
