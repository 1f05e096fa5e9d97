import { type FormEvent, useEffect, useState } from 'react'
import { selectedServer, send } from '../../store/deeds.ts'
import { loaded } from '../../store/loaded.ts'
import { app, useApp } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'

const reader = () => import('../../words/parse-command.ts')

/** Where a command is typed. It goes to the selected server, else to whom the client thinks is the leader. */
export function CommandBox() {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const target = useApp(({ selection }) =>
    selection?.kind === 'server' ? `S${selection.server}` : 'the leader',
  )
  // Nobody types faster than it comes; whether it does is looked at when it is needed.
  useEffect(() => void reader().catch(() => undefined), [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const words = await loaded(reader())
    if (words === null) return
    const parsed = words.parseCommand(text)
    if (!parsed.ok) return setProblem(parsed.sentence)
    setProblem(null)
    setText('')
    send(parsed.command, selectedServer())
  }
  return (
    <form className="tools-help command-box" onSubmit={submit}>
      <input
        // The box opens because somebody asked for it: they want to type.
        ref={(input) => input?.focus()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') app.setState({ tool: 'select' })
        }}
        placeholder="put x 3"
        aria-label="Command"
        aria-invalid={problem !== null}
        aria-describedby="command-problem"
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
      />
      <Button look="primary" small onClick={submit}>
        Send to {target}
      </Button>
      <span id="command-problem" className="command-problem" role="alert">
        {problem}
      </span>
    </form>
  )
}
