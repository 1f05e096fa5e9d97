import { RotateCcw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import type { Warning } from '../../scenario/warnings.ts'
import type { Settings } from '../../simulation/settings.ts'
import {
  changeSettings,
  type Group,
  rules,
  surroundings,
  usualSettings,
  warningsAbout,
} from '../../store/settings.ts'
import { app, useApp } from '../../store/state.ts'
import { unsafeIn } from '../../store/unsafe-ways.ts'
import { FindButton } from '../find/FindButton.tsx'
import { Button } from '../kit/Button.tsx'
import { DialogFrame } from './DialogFrame.tsx'
import { SettingField } from './SettingField.tsx'
import { UnsafeWays } from './UnsafeWays.tsx'
import './settings-dialog.css'

interface Props {
  readonly which: Sheet
  readonly groups: readonly Group[]
  /** Said where there is no warning. */
  readonly calm: string
}

type Sheet = 'settings' | 'rules'

const BREAKABLE = 'Rules you can break'
const WHAT_FOR =
  'Unsafe: each of these breaks a rule, to show what the rule is for. “On” means broken; the page says so as long as one is.'

const SHEETS: readonly { readonly which: Sheet; readonly title: string }[] = [
  { which: 'rules', title: 'Rules' },
  { which: 'settings', title: 'Network and timing' },
]

/** Settings of the whole cluster at the moment on the screen; a change to them is an intervention there. */
export function SettingsSheet({ which, groups, calm }: Props) {
  const { wanted, draft, commit, fixed } = useWanted()
  const clocks = useApp(({ frame }) => frame?.servers.map(({ clockRate }) => clockRate).join() ?? '')
  const keys = useMemo(() => groups.flatMap(({ rows }) => rows.map(({ key }) => key)), [groups])
  const rates = useMemo(() => (clocks === '' ? [] : clocks.split(',').map(Number)), [clocks])
  const found = useMemo(
    () => warningsAbout(wanted, rates).filter((warning) => keys.includes(placeOf(warning))),
    [wanted, rates, keys],
  )
  const unsafe = unsafeIn(wanted, rates)
  const reset = () => commit(Object.fromEntries(keys.map((key) => [key, usualSettings[key]])))
  const differing = keys.filter((key) => wanted[key] !== usualSettings[key]).length
  return (
    <DialogFrame
      title={SHEETS.find((sheet) => sheet.which === which)?.title ?? ''}
      about="A change takes effect at the moment on the screen, and can be undone."
      shape="side"
      foot={
        <Foot found={found} calm={calm} canReset={!fixed && differing > 0} onReset={reset}>
          {which === 'rules' && unsafe.length > 0 && <FindButton />}
        </Foot>
      }
    >
      <OtherSheet which={which} />
      {fixed && (
        <p className="settings-fixed">The run ends here. Go back to an earlier moment to change anything.</p>
      )}
      <ToFirstUnsafe />
      {groups.map(({ name, rows }) => (
        <section key={name} className={classOf(name)} aria-label={name}>
          <h3>{name}</h3>
          {name === BREAKABLE && <p className="settings-unsafe">{WHAT_FOR}</p>}
          {name === BREAKABLE && unsafe.length === 0 && <FindButton />}
          {rows.map((row) => (
            <SettingField
              key={row.key}
              row={row}
              value={wanted[row.key]}
              usual={usualSettings[row.key]}
              fixed={fixed}
              unsafe={unsafe.includes(row.key)}
              warned={found.some((warning) => warning.keys.includes(row.key))}
              warning={textUnder(row.key, found)}
              onDraft={draft}
              onCommit={commit}
            />
          ))}
          {name === BREAKABLE && (
            <UnsafeWays settings={wanted} clocks={rates} unsafe={unsafe} fixed={fixed} onCommit={commit} />
          )}
        </section>
      ))}
    </DialogFrame>
  )
}

const classOf = (name: string) => (name === BREAKABLE ? 'settings-group breakable' : 'settings-group')

/** Who opens the sheet while a rule is broken finds that rule, once the sheet is in its place. */
function ToFirstUnsafe() {
  useEffect(() => {
    const soon = requestAnimationFrame(() =>
      document.querySelector('.breakable .setting.unsafe')?.scrollIntoView({ block: 'center' }),
    )
    return () => cancelAnimationFrame(soon)
  }, [])
  return null
}

/** Both sheets are settings of the cluster: from either it is one step to the other. */
function OtherSheet({ which }: { which: Sheet }) {
  return (
    <nav className="segments settings-ways" aria-label="Settings">
      {SHEETS.map(({ which: each, title }) => (
        <button
          key={each}
          type="button"
          aria-current={each === which ? 'page' : undefined}
          onClick={() => app.setState({ dialog: each })}
        >
          {title}
        </button>
      ))}
    </nav>
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

const order = [...surroundings, ...rules].flatMap(({ rows }) => rows.map(({ key }) => key))

/**
 * The setting that a warning stands under: the last of those that it is about, so that it pushes away no slider that is
 * being dragged.
 */
const placeOf = ({ keys }: Warning): keyof Settings =>
  order.findLast((one) => keys.includes(one)) ?? 'electionTimeoutMin'

function textUnder(key: keyof Settings, found: readonly Warning[]): string {
  return found
    .filter((warning) => placeOf(warning) === key)
    .map(({ sentence }) => sentence)
    .join('\n')
}

interface FootProps {
  readonly found: readonly Warning[]
  readonly calm: string
  readonly canReset: boolean
  readonly onReset: () => void
  readonly children: ReactNode
}

function Foot({ found, calm, canReset, onReset, children }: FootProps) {
  const toFirst = () => document.querySelector('.setting-warning')?.scrollIntoView({ block: 'center' })
  return (
    <div className="settings-foot">
      <div aria-live="polite">
        {found.length === 0 ? (
          <span className="settings-calm">{calm}</span>
        ) : (
          <Button small look="quiet" className="settings-warnings" onClick={toFirst}>
            <TriangleAlert aria-hidden="true" />
            {found.length === 1 ? 'One warning' : `${found.length} warnings`}
          </Button>
        )}
      </div>
      {children}
      <Button small disabled={!canReset} onClick={onReset}>
        <RotateCcw aria-hidden="true" /> Reset all
      </Button>
    </div>
  )
}
