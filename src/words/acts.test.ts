import { expect, it } from 'vitest'
import type { Loose } from '../raft/test-kit.ts'
import type { Intervention } from '../simulation/script.ts'
import { actText } from './acts.ts'

const message = { from: 1, to: 2, n: 7, copy: 0 }

it.each<[Loose<Intervention>, string]>([
  [{ kind: 'Crash', server: 4 }, 'S4 crashed'],
  [{ kind: 'Restart', server: 4 }, 'S4 restarted'],
  [{ kind: 'Pause', server: 4 }, 'S4 paused'],
  [{ kind: 'Resume', server: 4 }, 'S4 resumed'],
  [{ kind: 'TimeOut', server: 4 }, 'S4 timed out'],
  [{ kind: 'Heartbeat', server: 4 }, 'S4 heartbeats'],
  [{ kind: 'Retry', server: 4, peer: 2 }, 'S4→S2 sent again'],
  [{ kind: 'RestartWithout', server: 4, loses: 'vote' }, 'S4 lost its vote'],
  [{ kind: 'Transfer', server: 4, to: 2 }, 'lead S4→S2'],
  [{ kind: 'SetDisk', server: 4, latency: 20_000 }, 'S4 disk 20 ms'],
  [{ kind: 'SetDisk', server: 4, latency: null }, 'S4 disk'],
  [{ kind: 'ChangeMembers', add: [6], remove: [] }, '+S6'],
  [{ kind: 'ChangeMembers', add: [6], remove: [1, 2] }, '+S6 −S1 −S2'],
  [{ kind: 'SetClock', server: 4, rate: 500 }, 'S4 clock 0.5×'],
  [{ kind: 'Partition', groups: [[1], [2, 3]] }, 'Partition'],
  [{ kind: 'Isolate', server: 4 }, 'S4 isolated'],
  [{ kind: 'Cut', from: 1, to: 2 }, 'S1→S2 cut'],
  [{ kind: 'Mend', from: 1, to: 2 }, 'S1→S2 mended'],
  [{ kind: 'Heal' }, 'Healed'],
  [{ kind: 'Command', server: null, command: { kind: 'Put', key: 'x', value: '3' } }, 'put x 3'],
  [
    { kind: 'Command', server: null, command: { kind: 'Put', key: 'temperature', value: 'rising' } },
    'put temperature ris…',
  ],
  [{ kind: 'Drop', message }, 'S1→S2 dropped'],
  [{ kind: 'Delay', message, by: 10 }, 'S1→S2 delayed'],
  [{ kind: 'Duplicate', message }, 'S1→S2 doubled'],
  [{ kind: 'Deliver', message: { ...message, from: 11 } }, 'C1→S2 hurried'],
  [{ kind: 'ClientTimeOut', client: 11, serial: 1 }, 'C1 timed out'],
  [{ kind: 'Change', settings: { loss: 50_000 } }, 'loss 5 %'],
  [{ kind: 'Change', settings: { preVote: true } }, 'PreVote on'],
  [{ kind: 'Change', settings: { membership: 'joint' } }, 'Settings'],
  [{ kind: 'Change', settings: { preVote: true, loss: 0 } }, 'Settings'],
  [{ kind: 'SetLink', from: 1, to: 2, settings: null }, 'S1→S2 settings'],
])('%j', (act, text) => {
  expect(actText(act as Intervention)).toBe(text)
  expect(text.length).toBeLessThanOrEqual(20)
})
