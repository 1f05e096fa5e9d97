import { CopyPlus, FastForward, Hourglass, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { millis } from '../../base/ids.ts'
import type { MessageName } from '../../simulation/script.ts'
import { act } from '../../store/edit.ts'
import { Button } from '../kit/Button.tsx'
import { isSame } from '../kit/is-selected.ts'

/** How much later a delayed message arrives. */
const DELAY = millis(50)

interface Props {
  readonly message: MessageName
  /** With words beside the icons. */
  readonly wordy?: boolean
}

/** What can be done to a message on its way. */
export const FlightActions = memo(function FlightActions({ message, wordy = false }: Props) {
  const { from, to, n, copy } = message
  const name: MessageName = { from, to, n, copy }
  const actions = [
    { label: 'Deliver now', icon: <FastForward />, run: () => act({ kind: 'Deliver', message: name }) },
    {
      label: 'Delay by 50 ms',
      icon: <Hourglass />,
      run: () => act({ kind: 'Delay', message: name, by: DELAY }),
    },
    { label: 'Double', icon: <CopyPlus />, run: () => act({ kind: 'Duplicate', message: name }) },
    { label: 'Drop', icon: <Trash2 />, run: () => act({ kind: 'Drop', message: name }) },
  ]
  return (
    <span className={wordy ? 'panel-actions' : 'next-actions'}>
      {actions.map(({ label, icon, run }) =>
        wordy ? (
          <Button key={label} small onClick={run}>
            {icon}
            {label}
          </Button>
        ) : (
          <Button key={label} small look="quiet" label={label} onClick={run}>
            {icon}
          </Button>
        ),
      )}
    </span>
  )
}, isUnchanged)

function isUnchanged(a: Props, b: Props): boolean {
  return a.wordy === b.wordy && isSame(a.message, b.message)
}
