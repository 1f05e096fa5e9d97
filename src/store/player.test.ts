import { beforeEach, describe, expect, test, vi } from 'vitest'
import { millis } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import { LIBRARY } from '../scenario/library.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Frame } from '../worker/protocol.ts'
import { SlowPort } from '../worker/test-port.ts'
import { openScenario, prepareEdits, rename, restartEngine, startEngine } from './edit.ts'
import { presentScenario, settledScenario } from './moment.ts'
import {
  goToEnd,
  goToEvents,
  goToStart,
  goToTime,
  jump,
  pause,
  play,
  stepEvent,
  stepTime,
} from './navigate.ts'
import { player } from './player.ts'
import { app, mirror } from './state.ts'

await prepareEdits()

let port: SlowPort
let nextTick: (time: number) => void = () => undefined
let clock = 0
vi.stubGlobal('requestAnimationFrame', (tick: (time: number) => void) => {
  nextTick = tick
})
player.start()

const tick = (times = 1): void => {
  for (let i = 0; i < times; i++) {
    clock += 16
    nextTick(clock)
  }
}

const frame = (): Frame => {
  const { frame } = app.getState()
  if (frame === null) throw new Error('nothing is shown')
  return frame
}

/** Lets what waits for nothing but its turn go on. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0))

/** Answers all, and all that is asked because of it. */
async function answerAll(): Promise<void> {
  await breathe()
  await port.answerAll()
}

/** Lets the page play until it asks for a frame. */
function playUntilAsked(): void {
  play()
  for (let i = 0; port.asked.length === 0 && i < 1000; i++) tick()
  expect(port.asked.map(({ question }) => question.kind)).toEqual(['frame'])
}

/** Two minutes in, with a client: more than one answer can simulate, and more records than one can hold. */
const far: Scenario = {
  ...fresh,
  settings: { ...fresh.settings, clientRate: 20 },
  view: { ...fresh.view, at: millis(120_000) },
}

/** A leader that is cut off answers a get from its own store, after another has taken over. */
const stale = fromLibrary('stale-read', 600)
/** An answer is lost, so that the command is sent again, at 500 ms, and applied again. */
const twice = fromLibrary('lost-reply', 500)

function fromLibrary(name: string, ms: number): Scenario {
  const found = LIBRARY.find(({ id }) => id === name)
  if (found === undefined) throw new Error('the library has lost it')
  return { ...found.scenario, view: { ...found.scenario.view, at: millis(ms), slowdown: 1 } }
}

beforeEach(async () => {
  app.setState({ ...app.getInitialState(), playing: false }, true)
  startEngine(() => {
    port = new SlowPort()
    return port
  })
  void openScenario(fresh)
  app.setState({ slowdown: 1 })
  await answerAll()
})

describe('a moment to share', () => {
  test('is the one on the screen, even if a frame was on its way when it was asked for', async () => {
    goToTime(millis(300))
    await answerAll()
    playUntilAsked()
    pause()
    const shared = settledScenario()
    await answerAll()
    const { view } = await shared
    expect(view.at).toBe(Math.floor(player.now))
    expect(view).toEqual(presentScenario().view)
    tick(5)
    expect(view.at).toBe(Math.floor(player.now))
  })

  test('is the one that the viewer has just gone to', async () => {
    goToTime(millis(300))
    const shared = settledScenario()
    await answerAll()
    expect((await shared).view.at).toBe(300_000)
  })

  test('is known without waiting where nothing is on its way, and where nothing will ever come', async () => {
    expect((await settledScenario()).view.at).toBe(0)
    goToTime(millis(300))
    port.onerror?.({ message: 'a planted fault' })
    expect((await settledScenario()).view.at).toBe(300_000)
  })

  test('of a scenario that is still being opened is where it opens', () => {
    void openScenario(far)
    expect(presentScenario()).toEqual({ ...far, view: { ...far.view, skip: null, slowdown: 10 } })
  })
})

describe('a far moment', () => {
  test('is left at once for what the viewer wants instead', async () => {
    const shown = openScenario(far)
    await port.answer()
    await port.answer()
    expect(frame().time).toBeLessThan(far.view.at)
    goToStart()
    await answerAll()
    await shown
    tick(5)
    await answerAll()
    expect([player.now, frame().events]).toEqual([0, 0])
  })

  test('is reached although the logs get another size meanwhile, and the scenario another name', async () => {
    void openScenario(far)
    await port.answer()
    await port.answer()
    player.setWindow({ first: 'head', columns: 23 })
    rename('Mine')
    await answerAll()
    expect([player.now, app.getState().scenario.name]).toEqual([120_000_000, 'Mine'])
    player.setWindow({ first: 'head', columns: 10 })
    await answerAll()
    expect(player.now).toBe(120_000_000)
  })

  test('can be played on from at once, while the records still come', async () => {
    void openScenario(far)
    while (player.goal !== null) await port.answer()
    expect(frame().more.unfinished).toBe(true)
    app.setState({ slowdown: 1 })
    play()
    const before = player.now
    for (let i = 0; i < 10; i++) {
      tick()
      await port.answer()
    }
    expect(player.now - before).toBeGreaterThan(70_000)
    pause()
    await answerAll()
    expect(frame().more.unfinished).toBe(false)
    expect(mirror.facts.at(-1)?.at).toBeGreaterThan(119_000_000)
  })

  test('stays where it is while the logs get another size', async () => {
    goToTime(1234)
    player.setWindow({ first: 'head', columns: 23 })
    await answerAll()
    expect(player.now).toBe(1234)
    player.setWindow({ first: 'head', columns: 10 })
    goToTime(5678)
    await answerAll()
    expect(player.now).toBe(5678)
  })
})

describe('steps faster than frames', () => {
  test('are counted from where the last one leads', async () => {
    goToEvents(40)
    await answerAll()
    goToStart()
    for (let i = 0; i < 3; i++) stepEvent(1)
    await answerAll()
    expect(frame().events).toBe(3)
    for (let i = 0; i < 2; i++) stepEvent(-1)
    await answerAll()
    expect(frame().events).toBe(1)
  })

  test('to the start and on to the next event worth a stop', async () => {
    goToStart()
    void jump('beat', 1)
    await answerAll()
    const first = frame().events
    void jump('beat', 1)
    void jump('beat', 1)
    await answerAll()
    const third = frame().events
    expect(third).toBeGreaterThan(first)
    goToEvents(200)
    await answerAll()
    goToStart()
    for (let i = 0; i < 3; i++) void jump('beat', 1)
    await answerAll()
    expect(frame().events).toBe(third)
    void jump('beat', -1)
    void jump('beat', -1)
    await answerAll()
    expect(frame().events).toBe(first)
  })

  test('from a time are counted from there', async () => {
    goToTime(millis(300))
    await answerAll()
    const { events } = frame()
    goToStart()
    goToTime(millis(300))
    stepEvent(1)
    await answerAll()
    expect(frame().events).toBe(events + 1)
    goToTime(millis(300))
    for (let i = 0; i < 3; i++) stepTime(millis(100))
    stepTime(-millis(50))
    await answerAll()
    expect(player.now).toBe(550_000)
  })

  test('are void once the viewer goes elsewhere', async () => {
    goToEvents(40)
    await answerAll()
    void jump('election', -1)
    stepEvent(1)
    await breathe()
    goToStart()
    await answerAll()
    expect(frame().events).toBe(0)
    stepEvent(1)
    goToEnd(mirror.knownTo)
    await answerAll()
    expect(player.now).toBe(mirror.knownTo)
  })

  test('while time runs begin where it stops', async () => {
    goToTime(millis(300))
    await answerAll()
    playUntilAsked()
    stepEvent(1)
    expect(app.getState().playing).toBe(false)
    await port.answer()
    const { events } = frame()
    await answerAll()
    expect(frame().events).toBe(events + 1)
  })

  test('go on after the worker failed in the middle of one', async () => {
    void jump('beat', 1)
    await breathe()
    port.onerror?.({ message: 'a planted fault' })
    restartEngine()
    await answerAll()
    stepEvent(1)
    await answerAll()
    expect(frame().events).toBe(1)
  })
})

describe('a promise that is broken while the page plays', () => {
  test('stops play at that event, and play can go on from there', async () => {
    void openScenario(stale)
    await answerAll()
    const run = async (most: number) => {
      for (let i = 0; i < most && app.getState().playing; i++) {
        tick()
        await answerAll()
      }
    }
    play()
    await run(2000)
    expect(app.getState().playing).toBe(false)
    const { violation, events, end, safety } = frame()
    expect(end).toBeNull()
    expect(violation).toMatchObject({ kind: 'Linearizability', event: events - 1 })
    expect(player.now).toBe(violation?.at)
    expect(safety).toMatchObject({ held: 5, broken: ['Linearizability'] })
    play()
    await run(10)
    expect(app.getState().playing).toBe(true)
    expect(frame().events).toBeGreaterThan(events)
    expect(frame().violation).toBeNull()
    expect(frame().safety.broken).toEqual(['Linearizability'])
    goToEvents(events - 1)
    await answerAll()
    expect(frame().safety.broken).toEqual([])
  })

  test('which it is not without sessions, where a command is applied twice', async () => {
    void openScenario(twice)
    await answerAll()
    play()
    while (player.now < millis(700)) {
      tick()
      await answerAll()
    }
    expect(app.getState().playing).toBe(true)
    const { notes, broken, stops } = frame().safety
    expect(notes).toMatchObject([{ kind: 'ExactlyOnce', promised: false }])
    expect([broken, stops]).toEqual([[], []])
    goToEvents((notes[0]?.event ?? 0) + 1)
    await answerAll()
    expect(frame().violation).toMatchObject({ kind: 'ExactlyOnce' })
  })
})
