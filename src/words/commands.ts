import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { Payload, Request, Result } from '../raft/commands.ts'
import type { Configuration } from '../raft/configuration.ts'

/** What an entry carries, as a log cell shows it: `x←3`, `x?`, `x✕`, `x:3→5`, `no-op`. */
export function commandText(payload: Payload): string {
  switch (payload.kind) {
    case 'Put':
      return `${payload.key}←${payload.value}`
    case 'Get':
      return `${payload.key}?`
    case 'Delete':
      return `${payload.key}✕`
    case 'CompareAndSet':
      return `${payload.key}:${payload.expected}→${payload.value}`
    case 'NoOp':
      return 'no-op'
    case 'OpenSession':
      return 'session'
    case 'Configuration':
      return shortMembers(payload.configuration)
    default:
      return unreachable(payload)
  }
}

/** `123`, or `123+1234` while both decide. */
const shortMembers = ({ voters, next }: Configuration): string =>
  next === null ? voters.join('') : `${voters.join('')}+${next.join('')}`

/** A request as somebody types it, and as sentences name it: `put x 3`. */
export function commandWords(command: Request): string {
  switch (command.kind) {
    case 'Put':
      return `put ${command.key} ${command.value}`
    case 'Get':
      return `get ${command.key}`
    case 'Delete':
      return `delete ${command.key}`
    case 'CompareAndSet':
      return `cas ${command.key} ${command.expected} ${command.value}`
    case 'OpenSession':
      return 'open session'
    case 'ChangeMembers': {
      const changes = [
        ...command.add.map((id) => `add ${nameOf(id)}`),
        ...command.remove.map((id) => `remove ${nameOf(id)}`),
      ]
      return changes.join(', ')
    }
    default:
      return unreachable(command)
  }
}

/** The answer to a request: `done`, `x is 3`, `there is no x`. */
export function resultText(command: Request, result: Result): string {
  const key = 'key' in command ? command.key : ''
  switch (result.kind) {
    case 'Done':
      return 'done'
    case 'Found':
      return result.value === null ? `there is no ${key}` : `${key} is ${result.value}`
    case 'Mismatch':
      return result.value === null ? `not done, there is no ${key}` : `not done, ${key} is ${result.value}`
    case 'SessionOpened':
      return `its session is ${result.session}`
    case 'SessionExpired':
      return 'not done, the session is over'
    case 'ChangeRefused':
      return `not done, ${whyNoChange(result.why)}`
    default:
      return unreachable(result)
  }
}

type WhyNoChange = (Result & { kind: 'ChangeRefused' })['why']

export function whyNoChange(why: WhyNoChange): string {
  switch (why) {
    case 'NotOneAtATime':
      return 'only one server at a time may come or go'
    case 'NobodyLeft':
      return 'no server would be left'
    case 'NotCaughtUp':
      return 'the new servers did not catch up'
    default:
      return unreachable(why)
  }
}
