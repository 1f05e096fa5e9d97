import { type Micros, micros, millis, type ServerId, serverId, type Term } from '../base/ids.ts'
import type { Loose } from '../raft/test-kit.ts'
import type { Fact } from './facts.ts'
import type { Flight } from './flight.ts'
import type { InitialServer, Intervention, ScriptItem, Setup } from './script.ts'
import { type Settings, section5Defaults } from './settings.ts'
import type { Happening, Trace } from './trace.ts'
import { World } from './world.ts'

interface Given {
  readonly seed?: number
  readonly servers?: number
  readonly settings?: Partial<Loose<Settings>>
  /** The log of each server, written as the terms of its entries. */
  readonly logs?: readonly string[]
  readonly script?: readonly ScriptItem[]
}

export function setupOf({ seed = 1, servers = 3, settings, logs, script = [] }: Given = {}): Setup {
  const initial = logs === undefined ? null : logs.map(diskOf)
  return {
    seed,
    servers,
    settings: { ...section5Defaults, ...(settings as Partial<Settings>) },
    initial,
    script,
  }
}

function diskOf(terms: string): InitialServer {
  const log = [...terms].map((digit, i) => ({
    term: Number(digit) as Term,
    command: { kind: 'Put', key: 'x', value: `${digit}.${i + 1}` } as const,
  }))
  return { currentTerm: Number(terms.at(-1) ?? 0) as Term, votedFor: null, log }
}

/** One line of a script: at so many milliseconds. */
export const at = (time: number, act: Loose<Intervention>, skip = 0): ScriptItem => ({
  at: millis(time),
  skip,
  act: act as Intervention,
})

/** S1 becomes leader of term 1 soon after the start, whatever the seed. */
export const firstLeader: readonly ScriptItem[] = [at(1, { kind: 'TimeOut', server: 1 })]

/** C1 sends `put x …` */
export const put = (value: string, server: number | null = 1): Loose<Intervention> => ({
  kind: 'Command',
  server,
  command: { kind: 'Put', key: 'x', value },
})

/** A run with everything written down. */
export class Run implements Trace {
  readonly world: World
  readonly facts: { readonly at: Micros; readonly fact: Fact }[] = []
  readonly flights: Flight[] = []
  readonly ends: { readonly at: Micros; readonly flight: Flight; readonly how: 'arrived' | 'lost' }[] = []
  readonly events: { readonly at: Micros; readonly cause: number; readonly what: Happening }[] = []

  constructor(given: Given = {}) {
    this.world = new World(setupOf(given))
    this.world.trace = this
  }

  /** Runs everything up to and including a time in milliseconds. */
  until(time: number): this {
    while (this.world.nextAt() <= millis(time)) this.world.advance()
    return this
  }

  /** The facts of one kind. */
  told<Kind extends Fact['kind']>(kind: Kind): (Fact & { kind: Kind })[] {
    return this.facts.flatMap(({ fact }) => (isOf(fact, kind) ? [fact] : []))
  }

  server(id: number) {
    return this.host(id).server
  }

  host(id: number) {
    const host = this.world.hostOf(serverId(id))
    if (host === undefined) throw new Error(`no S${id}`)
    return host
  }

  /** How and when the nth message (counted from 1) from one server to another ended. */
  end(from: number, to: number, n: number, copy = 0) {
    return this.ends.find(({ flight: { name } }) => {
      return name.from === from && name.to === to && name.n === n && name.copy === copy
    })
  }

  leaders(): ServerId[] {
    return this.world.hosts.filter(({ server, up }) => up && server.role === 'leader').map(({ id }) => id)
  }

  event(_: number, when: Micros, cause: number, what: Happening): void {
    this.events.push({ at: when, cause, what })
  }

  fact(fact: Fact): void {
    this.facts.push({ at: this.world.now, fact })
  }

  sent(flight: Flight): void {
    this.flights.push(flight)
  }

  ended(flight: Flight, how: 'arrived' | 'lost'): void {
    this.ends.push({ at: micros(this.world.now), flight, how })
  }

  redirected(): void {}
}

function isOf<Kind extends Fact['kind']>(fact: Fact, kind: Kind): fact is Fact & { kind: Kind } {
  return fact.kind === kind
}
