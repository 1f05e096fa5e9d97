import { type Micros, type ServerId, serverId } from '../base/ids.ts'
import { draw, Purpose } from '../base/random.ts'
import type { Intervention } from '../simulation/script.ts'
import type { Frame } from './protocol.ts'

/** The draws of one random run, in their order. */
export class Dice {
  private readonly seed: number
  private n = 0

  constructor(seed: number) {
    this.seed = seed
  }

  below(limit: number): number {
    return draw(this.seed, Purpose.ClientChoice, 99, this.n++) % limit
  }

  pick<T>(things: readonly T[]): T {
    return things[this.below(things.length)] as T
  }
}

type Maker = (dice: Dice, frame: Frame) => Intervention | null

const one = (dice: Dice, { servers }: Frame): ServerId => serverId(1 + dice.below(servers.length))
const two = (dice: Dice, frame: Frame): readonly [ServerId, ServerId] => {
  const a = one(dice, frame)
  return [a, serverId((a % frame.servers.length) + 1)]
}
const onServer =
  (kind: 'Crash' | 'Restart' | 'Pause' | 'Resume' | 'TimeOut' | 'Heartbeat' | 'Isolate'): Maker =>
  (dice, frame) => ({ kind, server: one(dice, frame) })
const onLink =
  (kind: 'Cut' | 'Mend'): Maker =>
  (dice, frame) => {
    const [from, to] = two(dice, frame)
    return { kind, from, to }
  }
/** Those to servers that are paused or down come first: much can go wrong there. */
const onMessage =
  (kind: 'Drop' | 'Duplicate' | 'Deliver'): Maker =>
  (dice, { flights, servers }) => {
    const away = flights.filter(({ name }) =>
      servers.some(({ id, state }) => id === name.to && state !== 'up'),
    )
    const from = away.length > 0 ? away : flights
    return from.length === 0 ? null : { kind, message: dice.pick(from).name }
  }
const slow = { latencyMin: 1 as Micros, latencyMax: 3000 as Micros, loss: 0 }

/** How to make an intervention of each kind at a moment; `null` where there is nothing to act on. */
const MAKERS: Readonly<Record<Intervention['kind'], Maker>> = {
  Crash: onServer('Crash'),
  Restart: (dice, frame) => {
    const down = frame.servers.filter(({ state }) => state === 'down')
    return down.length === 0 ? null : { kind: 'Restart', server: dice.pick(down).id }
  },
  Pause: onServer('Pause'),
  Resume: (dice, frame) => {
    const paused = frame.servers.filter(({ state }) => state === 'paused')
    return paused.length === 0 ? null : { kind: 'Resume', server: dice.pick(paused).id }
  },
  TimeOut: onServer('TimeOut'),
  Heartbeat: onServer('Heartbeat'),
  Isolate: onServer('Isolate'),
  Retry: (dice, frame) => {
    const [server, peer] = two(dice, frame)
    return { kind: 'Retry', server, peer }
  },
  SetClock: (dice, frame) => {
    return { kind: 'SetClock', server: one(dice, frame), rate: dice.pick([500, 777, 1000, 1333, 3000]) }
  },
  RestartWithout: (dice, frame) => ({ kind: 'RestartWithout', server: one(dice, frame), loses: 'vote' }),
  Transfer: (dice, frame) => {
    const [server, to] = two(dice, frame)
    return { kind: 'Transfer', server, to }
  },
  SetDisk: (dice, frame) => ({ kind: 'SetDisk', server: one(dice, frame), latency: 5000 as Micros }),
  ChangeMembers: (dice, frame) => ({ kind: 'ChangeMembers', add: [], remove: [one(dice, frame)] }),
  Partition: (dice, frame) => ({ kind: 'Partition', groups: [[one(dice, frame)]] }),
  Cut: onLink('Cut'),
  Mend: onLink('Mend'),
  Heal: () => ({ kind: 'Heal' }),
  Command: (dice, frame) => {
    const server = dice.pick([null, one(dice, frame)])
    return { kind: 'Command', server, command: { kind: 'Put', key: 'x', value: `${dice.below(100)}` } }
  },
  Drop: onMessage('Drop'),
  Duplicate: onMessage('Duplicate'),
  Deliver: onMessage('Deliver'),
  Delay: (dice, { flights }) => {
    if (flights.length === 0) return null
    return { kind: 'Delay', message: dice.pick(flights).name, by: (1 + dice.below(30_000)) as Micros }
  },
  ClientTimeOut: (dice, { clients }) => {
    const open = clients.flatMap(({ id, open }) => open.map(({ serial }) => ({ client: id, serial })))
    return open.length === 0 ? null : { kind: 'ClientTimeOut', ...dice.pick(open) }
  },
  Change: (dice) => {
    return { kind: 'Change', settings: { clientRate: 1 + dice.below(30), loss: dice.below(200_000) } }
  },
  SetLink: (dice, frame) => {
    const [from, to] = two(dice, frame)
    const settings = dice.below(2) === 0 ? null : { ...slow, duplicate: 100_000, reorder: 100_000 }
    return { kind: 'SetLink', from, to, settings }
  },
}

/** Some intervention that the page offers at a moment. */
export function anyAct(dice: Dice, frame: Frame): Intervention {
  return dice.pick(Object.values(MAKERS))(dice, frame) ?? { kind: 'Heal' }
}
