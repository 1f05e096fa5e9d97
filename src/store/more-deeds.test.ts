import { describe, expect, it } from 'vitest'
import { type ServerId, serverId } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Settings } from '../simulation/settings.ts'
import type { Frame, ServerFrame } from '../worker/protocol.ts'
import { firstFrame } from './first-frame.ts'
import { changeTo, heirsOf, membersAfter, newcomer, whyNoChange, whyNoTransfer } from './more-deeds.ts'

const ids = (...all: number[]): ServerId[] => all.map(serverId)

function frameOf(servers: number, membership: Settings['membership'] = 'single'): Frame {
  const frame = firstFrame({ ...fresh, servers })
  return { ...frame, settings: { ...frame.settings, membership } }
}

/** S1, leading or not. */
function first(changed: Partial<ServerFrame> = {}): ServerFrame {
  const [server] = frameOf(3).servers
  if (server === undefined) throw new Error('there is no S1')
  const none = { change: null, reads: [], leaseUntil: null, quorumDue: Infinity, batchDue: Infinity }
  const office = { transfer: null, ...none } as unknown as ServerFrame['office']
  return { ...server, role: 'leader', office, ...changed }
}

describe('the next server', () => {
  it('has the next number, up to nine', () => {
    expect([newcomer(frameOf(5)), newcomer(frameOf(8)), newcomer(frameOf(9))]).toEqual([6, 9, null])
  })
})

describe('a change of members', () => {
  it('is who comes and who goes', () => {
    expect(changeTo(ids(1, 3, 4), ids(1, 2, 3))).toEqual({ add: [4], remove: [2] })
  })

  it.each<[readonly ServerId[], Settings['membership'], RegExp | null]>([
    [ids(1, 2, 3, 4), 'single', null],
    [ids(1, 2), 'single', null],
    [ids(1, 2, 3), 'single', /already/],
    [ids(), 'joint', /has to stay/],
    [ids(1, 2, 4), 'single', /one server at a time/],
    [ids(1, 2, 4), 'joint', null],
    [ids(4, 5), 'jump', null],
  ])('to %j, %s', (wanted, membership, why) => {
    const said = whyNoChange(wanted, ids(1, 2, 3), frameOf(5, membership))
    if (why === null) expect(said).toBeNull()
    else expect(said).toMatch(why)
  })

  it('is under way already while the newcomers catch up, or as long as a client asks for it', () => {
    const frame = frameOf(5)
    const change = { target: ids(1, 2, 3, 4), learners: ids(4), round: 1, upTo: 0, due: 0 }
    const { office } = first()
    const teaching = { ...frame, servers: [first({ office: { ...office, change } as never })] }
    expect(whyNoChange(ids(1, 2, 3, 4), ids(1, 2, 3), teaching)).toBe('S4 is being added already.')
    expect(whyNoChange(ids(1, 2, 3, 5), ids(1, 2, 3), teaching)).toBeNull()
    expect(whyNoChange(ids(1, 2), ids(1, 2, 3), teaching)).toBeNull()
    const command = { kind: 'ChangeMembers', add: ids(4, 5), remove: [] }
    const asking = { ...frame, clients: [{ open: [{ command }] } as never] }
    expect(whyNoChange(ids(1, 2, 3, 4, 5), ids(1, 2, 3), asking)).toBe('S4, S5 are being added already.')
  })

  it('is over with the new members, while both decide', () => {
    const old = { index: 0 as never, voters: ids(1, 2, 3), next: null, committed: true }
    expect(membersAfter(old)).toEqual([1, 2, 3])
    expect(membersAfter({ ...old, next: ids(3, 4) })).toEqual([3, 4])
  })
})

describe('leadership', () => {
  it('goes to anyone else with a vote', () => {
    const members = { index: 0 as never, voters: ids(1, 2), next: ids(2, 4), committed: false }
    expect(heirsOf(first())).toEqual([2, 3])
    expect(heirsOf(first({ members }))).toEqual([2, 4])
  })

  it('can be handed over by a leader that runs, once at a time', () => {
    const transfer = { to: serverId(2), due: 0 as never, told: false }
    const { office } = first()
    expect(whyNoTransfer(first())).toBeNull()
    expect(whyNoTransfer(first({ state: 'paused' }))).toBe('S1 is paused.')
    expect(whyNoTransfer(first({ role: 'follower', office: null }))).toBe('S1 does not lead.')
    expect(whyNoTransfer(first({ office: office && { ...office, transfer } }))).toBe(
      'It is on its way to S2.',
    )
  })
})
