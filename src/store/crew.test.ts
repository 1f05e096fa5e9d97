import { beforeEach, expect, test } from 'vitest'
import { type Crew, type CrewPort, crewSize, startCrew } from './crew.ts'

type Job = { readonly first: number; readonly stride: number }

class FakeWorker implements CrewPort<Job, string> {
  onmessage: CrewPort<Job, string>['onmessage'] = null
  onerror: CrewPort<Job, string>['onerror'] = null
  readonly jobs: Job[] = []
  isGone = false
  postMessage(job: Job): void {
    this.jobs.push(job)
  }
  terminate(): void {
    this.isGone = true
  }
}

let workers: FakeWorker[]
let heard: string[]
let failed: string[]
beforeEach(() => {
  workers = []
  heard = []
  failed = []
})

const make = () => {
  const worker = new FakeWorker()
  workers.push(worker)
  return worker
}
const start = (size: number, how: () => FakeWorker = make): Crew<Job> =>
  startCrew<Job, string>({
    make: how,
    size,
    job: (who, stride) => ({ first: who, stride }),
    onReport: (report, who) => heard.push(`${who} ${report}`),
    onFail: (message, who, left) => failed.push(`${who} ${message} ${left} left`),
  })
const worker = (who: number) => workers[who] as FakeWorker

test('each worker gets its share, and is heard by its number', () => {
  start(3)
  expect(workers.map(({ jobs }) => jobs)).toEqual([0, 1, 2].map((first) => [{ first, stride: 3 }]))
  worker(2).onmessage?.({ data: 'hello' })
  expect(heard).toEqual(['2 hello'])
})

test('one of them is told more', () => {
  start(2).tell(1, { first: 9, stride: 9 })
  expect(worker(0).jobs).toHaveLength(1)
  expect(worker(1).jobs).toEqual([
    { first: 1, stride: 2 },
    { first: 9, stride: 9 },
  ])
})

test('one that dies is told of in a sentence, once, and the others go on', () => {
  const crew = start(2)
  worker(0).onmessage?.({ data: 'at work' })
  const { onerror } = worker(0)
  onerror?.({ message: 'a planted fault' })
  expect(failed).toEqual(['0 One of the background workers broke off: a planted fault. 1 left'])
  expect(worker(0).isGone).toBe(true)
  expect(worker(0).onerror).toBeNull()
  crew.tell(0, { first: 9, stride: 9 })
  expect(worker(0).jobs).toHaveLength(1)
  worker(1).onmessage?.({ data: 'still here' })
  expect(heard).toEqual(['0 at work', '1 still here'])
})

test('one whose file does not come says nothing but that it failed', () => {
  start(1)
  worker(0).onerror?.({})
  expect(failed).toEqual([
    '0 A background worker could not be started: a part of this page did not load. 0 left',
  ])
})

test('where none may be made at all, that is told too', () => {
  start(2, () => {
    throw new Error('workers are switched off here')
  })
  expect(failed).toEqual([
    '0 A background worker could not be started: workers are switched off here. 1 left',
    '1 A background worker could not be started: workers are switched off here. 0 left',
  ])
})

test('stopping ends them at once, and nothing that was on its way is heard', () => {
  const crew = start(2)
  crew.stop()
  expect(workers.every(({ isGone }) => isGone)).toBe(true)
  worker(0).onmessage?.({ data: 'too late' })
  worker(1).onerror?.({ message: 'too late' })
  expect(heard).toEqual([])
  expect(failed).toEqual([])
})

test.for([
  [1, 1],
  [2, 1],
  [4, 3],
  [64, 8],
  [Number.NaN, 1],
])('of %i cores, %i work', ([cores, size]) => {
  expect(crewSize(cores)).toBe(size)
})
