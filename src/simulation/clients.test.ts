import { describe, expect, it } from 'vitest'
import { at, firstLeader, put, Run } from './test-kit.ts'

const settings = { latencyMin: 10_000, latencyMax: 10_000 }

describe('a client (§8)', () => {
  it('sent on to the leader, it goes there, and there first the next time', () => {
    const script = [...firstLeader, at(60, put('1', 3)), at(200, put('2', null))]
    const run = new Run({ settings, script }).until(400)
    expect(run.told('ClientSentOn')).toMatchObject([{ server: 3, leader: 1 }])
    expect(run.told('ClientSent')).toMatchObject([{ server: 3 }, { server: 1 }])
    expect(run.told('ClientAnswered')).toMatchObject([
      { server: 1, took: 60_000 },
      { server: 1, took: 40_000 },
    ])
  })

  it('sent on, it sends its next command to that leader, answered or not', () => {
    const script = [...firstLeader, at(60, put('1', 3)), at(82, put('2', null))]
    const run = new Run({ settings, script }).until(90)
    expect(run.told('ClientSent')).toMatchObject([{ server: 3 }, { server: 1 }])
    expect(run.told('ClientAnswered')).toEqual([])
  })

  it('forgets a leader that does not answer', () => {
    const crash = at(120, { kind: 'Crash', server: 1 })
    const script = [...firstLeader, at(60, put('1', 1)), crash, at(121, put('2', null))]
    const run = new Run({ settings: { ...settings, clientTimeout: 50_000 }, script }).until(171)
    expect(run.told('ClientSent').map(({ server }) => server)).toEqual([1, 1, 2])
  })

  it('forgets a leader that leads no more', () => {
    const restart = [at(120, { kind: 'Crash', server: 1 }), at(121, { kind: 'Restart', server: 1 })]
    const script = [...firstLeader, at(60, put('1', 1)), ...restart, at(122, put('2', null))]
    const run = new Run({ settings, script }).until(202)
    expect(run.told('ClientToldNoLeader')).toMatchObject([{ server: 1 }])
    expect(run.told('ClientSent').map(({ server }) => server)).toEqual([1, 1, 2])
  })

  it('told that there is no leader, it waits a while, then tries the next server', () => {
    const run = new Run({ settings, script: [at(5, put('1', 3))] }).until(200)
    expect(run.told('ClientToldNoLeader')[0]).toMatchObject({ server: 3 })
    const sent = run.facts.filter(({ fact }) => fact.kind === 'ClientSent')
    expect(sent.slice(0, 2).map((one) => one.at)).toEqual([5000, 85_000])
    expect(sent[1]?.fact).toMatchObject({ server: 1, attempt: 2 })
  })

  it('without an answer in time, it tries the next server', () => {
    const script = [...firstLeader, at(60, { kind: 'Crash', server: 1 }), at(70, put('1', 1))]
    const run = new Run({ settings: { ...settings, clientTimeout: 100_000 }, script }).until(171)
    expect(run.told('ClientTimedOut')).toMatchObject([{ server: 1, waited: 100_000 }])
    expect(run.told('ClientSent').at(-1)).toMatchObject({ server: 2, attempt: 2 })
  })

  it('by hand, its wait ends at once', () => {
    const script = [...firstLeader, at(60, { kind: 'Crash', server: 1 }), at(70, put('1', 1))]
    const timeOut = at(90, { kind: 'ClientTimeOut', client: 11, serial: 1 })
    const run = new Run({ settings, script: [...script, timeOut] }).until(90)
    expect(run.told('ClientTimedOut')).toMatchObject([{ server: 1, waited: 20_000 }])
  })

  it('after clientPatience it gives the command up', () => {
    const crashes = [1, 2, 3].map((server) => at(0, { kind: 'Crash', server }))
    const patient = { ...settings, clientTimeout: 100_000, clientPatience: 350_000 }
    const run = new Run({ settings: patient, script: [...crashes, at(1, put('1', 1))] }).until(1000)
    expect(run.told('ClientSent').map(({ server }) => server)).toEqual([1, 2, 3, 1])
    expect(run.told('ClientGaveUp')).toMatchObject([{ waited: 400_000 }])
    expect(run.world.clients[0]).toMatchObject({ open: [], done: [{ state: 'given up' }] })
  })

  it('an answer that comes twice is ignored the second time', () => {
    // The answer leaves S1 at 90 ms and arrives at 100 ms.
    const twice = at(95, { kind: 'Duplicate', message: { from: 1, to: 11, n: 1, copy: 0 } })
    const run = new Run({ settings, script: [...firstLeader, at(60, put('1', 1)), twice] }).until(200)
    expect(run.told('ClientAnswered')).toHaveLength(1)
    expect(run.told('ClientReplyIgnored')).toMatchObject([{ client: 11, serial: 1, server: 1 }])
  })
})

describe('the steady client', () => {
  it.each([1, 5, 20])('sends %i commands a second', (clientRate) => {
    const run = new Run({ settings: { ...settings, clientRate }, script: firstLeader }).until(10_000)
    const fresh = run.told('ClientSent').filter(({ attempt }) => attempt === 1)
    expect(fresh).toHaveLength(10 * clientRate)
    expect(run.told('ClientAnswered').length).toBeGreaterThanOrEqual(fresh.length - 2)
  })

  it('stops and starts again with its rate', () => {
    const script = [
      ...firstLeader,
      at(1000, { kind: 'Change', settings: { clientRate: 0 } }),
      at(2000, { kind: 'Change', settings: { clientRate: 10 } }),
    ]
    const run = new Run({ settings: { ...settings, clientRate: 10 }, script }).until(3000)
    const times = run.facts.flatMap(({ at: when, fact }) =>
      fact.kind === 'ClientSent' && fact.attempt === 1 ? [when / 1000] : [],
    )
    expect(times.filter((time) => time > 1000 && time <= 2000)).toEqual([])
    expect(times.filter((time) => time <= 1000).length).toBeGreaterThanOrEqual(9)
    expect(times.filter((time) => time > 2000).length).toBeGreaterThanOrEqual(9)
  })

  it('has at most ten commands open', () => {
    const crashes = [1, 2, 3].map((server) => at(0, { kind: 'Crash', server }))
    const run = new Run({ settings: { ...settings, clientRate: 50 }, script: crashes }).until(2000)
    expect(run.world.clients[1]?.open).toHaveLength(10)
  })
})
