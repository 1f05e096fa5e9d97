import { millis } from '../../base/ids.ts'
import { single, variants } from './entry.ts'
import { at, crash, put, restart, setDisk, tell, timeOut, view } from './script.ts'

const CHAPTER = 'Performance'
/** Six commands, two milliseconds apart. */
const burst = (start: number) =>
  [1, 2, 3, 4, 5, 6].map((i) => at(start + 2 * i, tell(1, put('x', String(i)))))

/** D 10.2.2: many commands, one message. */
export const batching = variants(
  CHAPTER,
  {
    seed: 14,
    settings: { heartbeatInterval: millis(100) },
    script: [at(10, timeOut(1)), ...burst(170)],
    view: view(178, 50, 1),
  },
  {
    id: 'burst',
    title: 'A message for each command',
    about:
      'Six commands come within a few milliseconds, and the leader sends every follower an AppendEntries for each of them (D 10.2.2).',
  },
  {
    id: 'burst-batched',
    title: 'One message for many commands',
    about:
      'The leader collects what comes within 20 ms and sends it in one AppendEntries: far fewer messages, a little later (D 10.2.2).',
    settings: { batchDelay: millis(20) },
  },
)

/** D 10.2.2: one message at a time, or several on their way. */
export const pipelining = variants(
  CHAPTER,
  {
    seed: 15,
    servers: 3,
    settings: { maxEntries: 1 },
    script: [at(10, timeOut(1)), ...burst(198)],
    view: view(205, 50, 1),
  },
  {
    id: 'pipeline',
    title: 'One request at a time',
    about:
      'Each AppendEntries waits for the answer to the one before it: six entries take six round trips (D 10.2.2).',
    settings: { pipeline: 1 },
  },
  {
    id: 'pipeline-open',
    title: 'A pipeline of requests',
    about:
      'nextIndex runs ahead of the answers and up to eight requests are on their way: six entries take little more than one round trip (D 10.2.2).',
    settings: { pipeline: 8 },
  },
)

/** D 10.2.1: the leader's disk and the network work one after the other, or side by side. */
export const parallelWrite = variants(
  CHAPTER,
  {
    seed: 16,
    servers: 3,
    settings: { diskLatency: millis(30) },
    script: [at(10, timeOut(1)), at(300, tell(1, put('x', '1')))],
    view: view(305, 50, 1),
  },
  {
    id: 'slow-disks',
    title: 'First to disk, then to the others',
    about:
      'The leader writes an entry to its own disk before it sends it out, so a command takes the time of two writes, one after the other (D 10.2.1).',
    settings: { parallelWrite: false },
  },
  {
    id: 'slow-disks-parallel',
    title: 'To disk and to the others at once',
    about:
      'The leader sends the entry out while its own disk is still writing it, and counts itself only when it is written: the commit comes earlier (D 10.2.1).',
    settings: { parallelWrite: true },
  },
)

/** D 10.2.1: what was not durable is gone, and was never counted. */
export const unwritten = single(
  CHAPTER,
  {
    seed: 17,
    settings: { parallelWrite: true, diskLatency: millis(10) },
    script: [
      at(10, timeOut(1)),
      at(100, setDisk(1, 400)),
      at(200, tell(1, put('x', '1'))),
      at(300, crash(1)),
      at(800, restart(1)),
    ],
    view: view(205, 50, 1),
  },
  {
    id: 'unwritten',
    title: 'Lost before it was written',
    about:
      'The entry is committed by the followers alone while S1’s slow disk still writes it; S1 crashes, loses it, and gets it back from the next leader (D 10.2.1).',
  },
)
