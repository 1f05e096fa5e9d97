import { memo } from 'react'
import { unreachable } from '../../base/assert.ts'
import { type ClientId, nameOf } from '../../base/ids.ts'
import type { Operation } from '../../simulation/clients.ts'
import { act } from '../../store/edit.ts'
import { goToEvents } from '../../store/navigate.ts'
import { commandWords, resultText } from '../../words/commands.ts'
import { Button } from '../kit/Button.tsx'
import { durationText } from '../kit/format.ts'
import { Countdown, Elapsed } from '../panels/Countdown.tsx'
import { isStale } from './is-stale.ts'

interface Props {
  readonly client: ClientId
  readonly operation: Operation
}

/** One command of a client, from its first try to its answer. */
export const OperationRow = memo(function OperationRow({ client, operation }: Props) {
  const { command, state, serial, cause } = operation
  const open = state === 'waiting' || state === 'backing off'
  return (
    <li data-state={state}>
      <span className="operation-mark" aria-hidden="true">
        {MARKS[state]}
      </span>
      <span className="mono operation-command">{commandWords(command)}</span>
      <span className="operation-state">
        <State client={client} operation={operation} />
      </span>
      {open ? (
        <Button
          small
          look="quiet"
          title="The wait is over now"
          onClick={() => act({ kind: 'ClientTimeOut', client, serial })}
        >
          {state === 'waiting' ? 'Stop waiting' : 'Try now'}
        </Button>
      ) : (
        <Button small look="quiet" title="Go to when it was finished" onClick={() => goToEvents(cause + 1)}>
          Show
        </Button>
      )}
    </li>
  )
}, isUnchanged)

/** An operation changes only through events, and each frame brings a copy of it. */
function isUnchanged(a: Props, b: Props): boolean {
  const [old, now] = [a.operation, b.operation]
  return (
    old.serial === now.serial &&
    old.state === now.state &&
    old.attempt === now.attempt &&
    old.cause === now.cause
  )
}

const MARKS: Readonly<Record<Operation['state'], string>> = {
  waiting: '…',
  'backing off': '…',
  'no session': '…',
  answered: '✓',
  'given up': '✗',
}

function State({ client, operation }: Props) {
  const { state, server, attempt, issuedAt, dueAt, result, command } = operation
  const tried = attempt > 1 ? `, try ${attempt}` : ''
  switch (state) {
    case 'waiting':
      return (
        <>
          waits for {nameOf(server)}
          {tried}
          {operation.session !== null && attempt > 1 && `, session ${operation.session}`}, since{' '}
          <Elapsed at={issuedAt} />
        </>
      )
    case 'backing off':
      return (
        <>
          no leader known{tried}; tries again in <Countdown at={dueAt} />
        </>
      )
    case 'no session':
      return 'waits for a session'
    case 'answered': {
      const answer = result === null ? 'done' : resultText(command, result)
      const under = operation.session !== null && attempt > 1 ? `, session ${operation.session}${tried}` : ''
      return (
        <>
          {isStale(client, operation) && <b className="operation-stale">stale: </b>}
          {answer}, by {nameOf(server)} after {durationText(dueAt - issuedAt)}
          {under}
        </>
      )
    }
    case 'given up':
      return `given up after ${durationText(dueAt - issuedAt)}; it may still be carried out`
    default:
      return unreachable(state)
  }
}
