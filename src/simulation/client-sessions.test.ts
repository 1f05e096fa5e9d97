import { describe, expect, it } from 'vitest'
import { at, firstLeader, put, Run } from './test-kit.ts'

const settings = { latencyMin: 10_000, latencyMax: 10_000, sessions: true }
const names = (run: Run) => run.told('ClientSent').map(({ command }) => command.kind)

describe('a client with sessions (D 6.3)', () => {
  it('opens one before its first command, and uses it for all that follow', () => {
    const script = [...firstLeader, at(60, put('1')), at(61, put('2')), at(300, put('3'))]
    const run = new Run({ settings, script }).until(500)
    expect(names(run)).toEqual(['OpenSession', 'Put', 'Put', 'Put'])
    const sent = run.flights.flatMap(({ message }) => (message.kind === 'ClientRequest' ? [message] : []))
    expect(sent.map(({ session }) => session)).toEqual([null, 1, 1, 1])
    expect(run.told('ClientAnswered').map(({ result }) => result.kind)).toEqual([
      'SessionOpened',
      'Done',
      'Done',
      'Done',
    ])
  })

  it('has a command applied once, though it asks twice because the answer was lost', () => {
    // The answer leaves S1 at 130 ms.
    const drop = at(135, { kind: 'Drop', message: { from: 1, to: 11, n: 2, copy: 0 } })
    const script = [...firstLeader, at(60, put('1')), drop]
    const given = { settings: { ...settings, clientTimeout: 100_000 }, script }
    const run = new Run(given).until(800)
    expect(run.told('ClientTimedOut')).toHaveLength(1)
    expect(run.told('CommandSkipped')).toMatchObject([{ why: 'Repeated' }])
    expect(run.told('ClientAnswered').at(-1)).toMatchObject({ result: { kind: 'Done' } })
  })

  // Found by the long search: nobody asked again, and all commands waited until they were given up.
  it('asks for another when the first was not opened in time', () => {
    const crashes = [1, 2, 3].map((server) => at(0, { kind: 'Crash', server }))
    const later = at(300, put('2'))
    const patient = { ...settings, clientTimeout: 100_000, clientPatience: 450_000 }
    const run = new Run({ settings: patient, script: [...crashes, at(1, put('1')), later] })
    run.until(510)
    expect(run.told('ClientGaveUp').map(({ command }) => command.kind)).toEqual(['Put', 'OpenSession'])
    expect(run.world.clients[0]?.open.map(({ command }) => command.kind)).toEqual(['Put', 'OpenSession'])
  })

  it('gives up what it cannot know, and opens another session for what follows', () => {
    const settled = { ...settings, mostSessions: 1 }
    // The steady client's session ends the first one.
    const steady = at(200, { kind: 'Change', settings: { clientRate: 20 } })
    const stop = at(290, { kind: 'Change', settings: { clientRate: 0 } })
    const script = [...firstLeader, at(60, put('1')), steady, stop, at(400, put('2')), at(500, put('3'))]
    const run = new Run({ settings: settled, script }).until(800)
    expect(run.told('ClientLostSession')).toMatchObject([{ client: 11, command: { value: '2' } }])
    const mine = run.told('ClientAnswered').filter(({ client }) => client === 11)
    expect(mine.map(({ command }) => command.kind)).toEqual(['OpenSession', 'Put', 'OpenSession', 'Put'])
  })
})
