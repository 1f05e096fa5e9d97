import { Fragment } from 'react'
import { caps, KEY_HELP, type KeyGroup } from '../../store/key-help.ts'
import { KEYS, type KeyRow } from '../../store/keys.ts'
import { DialogFrame } from './DialogFrame.tsx'
import './keys-dialog.css'

const rows = KEYS.map((row) => ({ ...row, ...KEY_HELP[row.name] }))
const groups: readonly KeyGroup[] = [...new Set(rows.map(({ group }) => group))]

/** All that can be done by keyboard alone. */
export function KeysDialog() {
  return (
    <DialogFrame title="Keys" shape="wide">
      <div className="keys">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {rows
                .filter((row) => row.group === group)
                .map((row) => (
                  <div key={row.name}>
                    <dt>
                      <Combinations row={row} />
                    </dt>
                    <dd>{row.does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogFrame>
  )
}

function Combinations({ row: { keys } }: { row: KeyRow }) {
  const mac = /Mac|iP(hone|ad)/.test(navigator.platform)
  const shown = keys.length > 3 ? [keys[0], keys.at(-1)].filter((one) => one !== undefined) : keys
  return shown.map((one, i) => (
    <Fragment key={one.key + (one.shift ?? '')}>
      {i > 0 && <span className="keys-or">{keys.length > 3 ? 'to' : 'or'}</span>}
      {caps(one, mac).map((cap) => (
        <kbd className="keys-cap" key={cap}>
          {cap}
        </kbd>
      ))}
    </Fragment>
  ))
}
