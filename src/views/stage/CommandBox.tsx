import { type FormEvent, useState } from 'react'
import { selectedServer, send } from '../../store/deeds.ts'
import { app, useApp } from '../../store/state.ts'
import { parseCommand } from '../../words/parse-command.ts'
import { Button } from '../kit/Button.tsx'

/** Where a command is typed. It goes to the selected server, else to whom the client thinks is the leader. */
export function CommandBox() {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const target = useApp(({ selection }) =>
    selection?.kind === 'server' ? `S${selection.server}` : 'the leader',
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = parseCommand(text)
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
