import { CornerDownLeft } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { ServerId } from '../../base/ids.ts'
import { act } from '../../store/edit.ts'
import { app } from '../../store/state.ts'
import { parseCommand } from '../../words/parse-command.ts'
import '../kit/kit.css'
import './clients.css'

/** What was sent from any command box, oldest first: the up arrow brings it back. */
const sent: string[] = []
const MOST_KEPT = 50

interface Props {
  /** To whom; `null` for whom the client believes to lead. */
  readonly server: ServerId | null
  /** What it is called. */
  readonly name: string
  /** For whoever wants to put the focus there. */
  readonly id?: string
}

/** Where commands for the cluster are typed. */
export function CommandBox({ server, name, id }: Props) {
  const ownId = useId()
  const inputId = id ?? ownId
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  /** How many commands back the up arrow has gone. */
  const back = useRef(0)
  const send = () => {
    const parsed = parseCommand(text)
    if (!parsed.ok) return setError(parsed.sentence)
    if (app.getState().frame?.end !== null)
      return setError('The run has ended: go back before its end first.')
    act({ kind: 'Command', server, command: parsed.command })
    if (sent.at(-1) !== text) sent.push(text)
    if (sent.length > MOST_KEPT) sent.shift()
    back.current = 0
    setText('')
    setError(null)
  }
  const recall = (by: 1 | -1) => {
    back.current = Math.max(0, Math.min(sent.length, back.current + by))
    setText(back.current === 0 ? '' : (sent[sent.length - back.current] ?? ''))
    setError(null)
  }
  return (
    <form
      className="clients-command"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input
        id={inputId}
        className="panel-input"
        aria-label={name}
        placeholder="put x 3"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="send"
        value={text}
        aria-invalid={error !== null}
        aria-describedby={`${inputId}-help`}
        onChange={(event) => {
          setText(event.target.value)
          setError(null)
        }}
        onKeyDown={(event) => onArrow(event, recall)}
      />
      <button type="submit" className="button">
        <CornerDownLeft />
        Send
      </button>
      <p
        id={`${inputId}-help`}
        className={error === null ? 'clients-help' : 'panel-error'}
        role={error === null ? undefined : 'alert'}
      >
        {error ?? 'put x 3 · get x · delete x · cas x 3 5, and ↑ for the last one'}
      </p>
    </form>
  )
}

function onArrow(event: KeyboardEvent, recall: (by: 1 | -1) => void): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  event.preventDefault()
  recall(event.key === 'ArrowUp' ? 1 : -1)
}
