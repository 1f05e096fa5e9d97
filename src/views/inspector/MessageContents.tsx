import { memo } from 'react'
import type { Entry } from '../../raft/log.ts'
import type { Message } from '../../raft/messages.ts'
import { commandText } from '../../words/commands.ts'
import { termColor } from '../kit/format.ts'
import { cellText } from '../stage/members.ts'
import { fieldsOf } from './message-fields.ts'

/** What a message carries, by the paper's names. */
export const MessageContents = memo(function MessageContents({ message }: { message: Message }) {
  return (
    <section>
      <h3>Contents</h3>
      <dl className="inspector-fields">
        {fieldsOf(message).map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {note !== undefined && <small>{note}</small>}
            </dd>
          </div>
        ))}
        {message.kind === 'AppendEntries' && <Entries entries={message.entries} />}
      </dl>
    </section>
  )
})

function Entries({ entries }: { entries: readonly Entry[] }) {
  return (
    <div>
      <dt>entries[]</dt>
      <dd>
        {entries.length === 0 ? (
          <>
            none<small>a heartbeat</small>
          </>
        ) : (
          <ol className="message-entries">
            {entries.map(({ index, term, command }) => (
              <li
                key={index}
                style={{ borderColor: termColor(term) }}
                title={`Entry ${index} of term ${term}`}
              >
                <small>{index}</small>
                <b style={{ color: termColor(term) }}>{term}</b>
                {command.kind === 'Configuration' ? cellText(command.configuration) : commandText(command)}
              </li>
            ))}
          </ol>
        )}
      </dd>
    </div>
  )
}
