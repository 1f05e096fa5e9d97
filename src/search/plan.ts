import { defaultSettings, type Settings } from '../simulation/settings.ts'
import type { Draws } from './draws.ts'
import { type Aim, GUIDANCE, type Guidance } from './guidance.ts'
import type { MoveKind } from './moves.ts'

/** What a search is after. */
export interface Target {
  readonly aim: Aim
  /** Settings that a run takes mostly, where they are not chosen already. */
  readonly helps: readonly Partial<Settings>[]
  /** Moves outside Raft's assumptions that it may make. */
  readonly beyond: readonly MoveKind[]
}

/** What one run of a search does, drawn before it begins. */
export interface Plan {
  readonly seed: number
  readonly servers: number
  readonly settings: Settings
  /** What to draw the moves from, each as often as it is to come. */
  readonly moves: readonly MoveKind[]
  /** The most events between two moves. */
  readonly tempo: number
  readonly events: number
}

/** What makes up for a fault has to be there with it. */
const UNDOES: Readonly<Partial<Record<MoveKind, MoveKind>>> = {
  Crash: 'Restart',
  Pause: 'Resume',
  Isolate: 'Heal',
  Partition: 'Heal',
  Cut: 'Mend',
}
const UNDOERS = new Set(Object.values(UNDOES))
/** How often moves are made without which nothing can be found. */
const MUCH = 7
const NO_HELP: readonly Partial<Settings>[] = []
const TEMPOS = [3, 6, 10, 10, 16]

/** By swarm: which faults a run uses is drawn anew each time, and how hard, so that no fault drowns another for good. */
export function planOf(draws: Draws, settings: Settings, targets: readonly Target[]): Plan {
  const seed = draws.whole()
  const { aim, helps, beyond } = draws.of(targets)
  const guidance = GUIDANCE[aim]
  const { servers, events } = guidance
  return {
    seed,
    servers: draws.of(servers),
    settings: withLiberties(draws, settings, draws.chance(75) ? helps : NO_HELP, guidance),
    moves: movesOf(draws, guidance, beyond),
    tempo: draws.of(TEMPOS),
    events: (events >> 1) + draws.below(events >> 1),
  }
}

function withLiberties(
  draws: Draws,
  settings: Settings,
  helps: readonly Partial<Settings>[],
  { liberties }: Guidance,
): Settings {
  const taken = { ...settings }
  for (const help of helps) if (!isChosen(help, settings)) Object.assign(taken, help)
  for (const liberty of liberties) if (draws.chance(25)) Object.assign(taken, liberty)
  return taken
}

/** What somebody has chosen stays so, even where it makes a find less likely. */
const isChosen = (help: Partial<Settings>, settings: Settings): boolean =>
  (Object.keys(help) as (keyof Settings)[]).some((key) => settings[key] !== defaultSettings[key])

function movesOf(draws: Draws, { moves, always }: Guidance, beyond: readonly MoveKind[]): MoveKind[] {
  const drawn: MoveKind[] = []
  const add = (kind: MoveKind, times: number) => {
    for (let i = 0; i < times; i++) drawn.push(kind)
  }
  for (const kind in moves) {
    const move = kind as MoveKind
    const times = moves[move] ?? 0
    if (UNDOERS.has(move)) continue
    if (!always.includes(move) && draws.chance(45)) continue
    add(move, times)
    const undo = UNDOES[move]
    if (undo !== undefined) add(undo, moves[undo] ?? times)
  }
  for (const kind of beyond) add(kind, MUCH)
  return drawn
}
