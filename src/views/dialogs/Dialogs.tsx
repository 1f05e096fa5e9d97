import { lazy } from 'react'
import { background } from '../../store/background.ts'
import { app, type Dialog, useApp } from '../../store/state.ts'
import { Part } from '../failure/Part.tsx'
import { DropZone } from './DropZone.tsx'

/** Each is loaded when it is first opened. */
const DIALOGS = {
  scenarios: lazy(() => import('./ScenariosDialog.tsx').then((it) => ({ default: it.ScenariosDialog }))),
  settings: lazy(() => import('./SettingsDialog.tsx').then((it) => ({ default: it.SettingsDialog }))),
  rules: lazy(() => import('./RulesDialog.tsx').then((it) => ({ default: it.RulesDialog }))),
  share: lazy(() => import('./ShareDialog.tsx').then((it) => ({ default: it.ShareDialog }))),
  keys: lazy(() => import('./KeysDialog.tsx').then((it) => ({ default: it.KeysDialog }))),
  find: lazy(() =>
    Promise.all([import('../find/FindDialog.tsx'), background.load()]).then(([it]) => ({
      default: it.FindDialog,
    })),
  ),
} satisfies Record<Exclude<Dialog, null>, unknown>

/** Whichever dialog is open, and the place where files are dropped. */
export function Dialogs() {
  const dialog = useApp((state) => state.dialog)
  const Shown = dialog === null ? null : DIALOGS[dialog]
  return (
    <>
      <Part key={dialog} onMissing={() => app.setState({ dialog: null })}>
        {Shown !== null && <Shown />}
      </Part>
      <DropZone />
    </>
  )
}
