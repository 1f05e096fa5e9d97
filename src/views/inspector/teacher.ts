import type { LogIndex, ServerId } from '../../base/ids.ts'
import type { Frame } from '../../worker/protocol.ts'

interface Teacher {
  readonly id: ServerId
  readonly round: number
  readonly upTo: LogIndex
}

/** The leader that brings a server up to date before it gets a vote (D 4.2.1); `null` where none does. */
export function teacherOf({ servers }: Pick<Frame, 'servers'>, learner: ServerId): Teacher | null {
  const teachers = servers
    .filter(({ state, office }) => state !== 'down' && office?.change?.learners.includes(learner) === true)
    .sort((a, b) => b.currentTerm - a.currentTerm)
  const [first] = teachers
  const change = first?.office?.change
  return first === undefined || change == null
    ? null
    : { id: first.id, round: change.round, upTo: change.upTo }
}
