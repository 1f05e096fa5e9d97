import { RotateCcw, TriangleAlert } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { Warning } from '../../scenario/warnings.ts'
import type { Settings } from '../../simulation/settings.ts'
import {
  changeSettings,
  changesTo,
  settingGroups,
  usualSettings,
  warningsAbout,
} from '../../store/settings.ts'
import { useApp } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import { DialogFrame } from './DialogFrame.tsx'
import { SettingField } from './SettingField.tsx'
import './settings-dialog.css'

const order = settingGroups.flatMap(({ rows }) => rows.map(({ key }) => key))

/** The settings of the whole cluster at the moment on the screen; a change to them is an intervention there. */
export function SettingsDialog() {
  const { wanted, draft, commit, fixed } = useWanted()
  const found = useMemo(() => warningsAbout(wanted), [wanted])
  return (
    <DialogFrame
      title="Network and timing"
      about="A change takes effect at the moment on the screen, and can be undone."
      shape="side"
      foot={<Foot found={found} wanted={wanted} fixed={fixed} onReset={() => commit(usualSettings)} />}
    >
      {fixed && (
        <p className="settings-fixed">The run ends here. Go back to an earlier moment to change anything.</p>
      )}
      {settingGroups.map(({ name, rows }) => (
        <section key={name} className="settings-group" aria-label={name}>
          <h3>{name}</h3>
          {rows.map((row) => (
            <SettingField
              key={row.key}
              row={row}
              value={wanted[row.key]}
              usual={usualSettings[row.key]}
              fixed={fixed}
              warned={found.some(({ keys }) => keys.includes(row.key))}
              warning={textUnder(row.key, found)}
              onDraft={draft}
              onCommit={commit}
            />
          ))}
        </section>
      ))}
    </DialogFrame>
  )
}

/** What the settings would be with what is being dragged or typed, which is not yet done. */
function useWanted() {
  const text = useApp(({ frame, scenario }) => JSON.stringify(frame?.settings ?? scenario.settings))
  const fixed = useApp(({ frame }) => frame !== null && frame.end !== null)
  const [drafted, setDrafted] = useState<Partial<Settings>>({})
  const [seen, setSeen] = useState(text)
  if (seen !== text) {
    // The wish has come true, or the moment is another one.
    setSeen(text)
    setDrafted({})
  }
  const wanted = useMemo(() => ({ ...(JSON.parse(text) as Settings), ...drafted }), [text, drafted])
  const draft = useCallback((some: Partial<Settings>) => setDrafted((before) => ({ ...before, ...some })), [])
  const commit = useCallback(
    (some: Partial<Settings>) => {
      draft(some)
      changeSettings(some)
    },
    [draft],
  )
  return { wanted, draft, commit, fixed }
}

/**
 * The warnings that stand under a setting: those of which it is the last, so that none pushes away the slider that is
 * being dragged.
 */
function textUnder(key: keyof Settings, found: readonly Warning[]): string {
  const last = (keys: Warning['keys']) => order.findLast((one) => keys.includes(one))
  return found
    .filter(({ keys }) => last(keys) === key)
    .map(({ sentence }) => sentence)
    .join('\n')
}

interface FootProps {
  readonly found: readonly Warning[]
  readonly wanted: Settings
  readonly fixed: boolean
  readonly onReset: () => void
}

function Foot({ found, wanted, fixed, onReset }: FootProps) {
  const differing = Object.keys(changesTo(wanted, usualSettings)).length
  const toFirst = () => document.querySelector('.setting-warning')?.scrollIntoView({ block: 'center' })
  return (
    <div className="settings-foot">
      <div aria-live="polite">
        {found.length === 0 ? (
          <span className="settings-calm">Nothing here keeps a leader from staying.</span>
        ) : (
          <Button small look="quiet" className="settings-warnings" onClick={toFirst}>
            <TriangleAlert aria-hidden="true" />
            {found.length === 1 ? 'One warning' : `${found.length} warnings`}
          </Button>
        )}
      </div>
      <Button small disabled={fixed || differing === 0} onClick={onReset}>
        <RotateCcw aria-hidden="true" /> Reset all
      </Button>
    </div>
  )
}
