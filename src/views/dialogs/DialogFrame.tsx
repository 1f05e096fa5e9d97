import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { app } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import './dialog.css'

interface Props {
  readonly title: string
  /** One sentence under the title. */
  readonly about?: string
  /** `side` leaves the stage free: the page can be used beside it. */
  readonly shape: 'small' | 'wide' | 'side'
  /** Stays in place below what scrolls. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}

export const closeDialog = (): void => app.setState({ dialog: null })

/** What all dialogs have in common: a title, a way out, and the focus, which returns to where it was. */
export function DialogFrame({ title, about, shape, foot, children }: Props) {
  const side = shape === 'side'
  // The focus begins on what scrolls, so that keys scroll it.
  const popup = useRef<HTMLDivElement>(null)
  const [opener] = useState(() => document.activeElement)
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => !open && closeDialog()}
      modal={!side}
      disablePointerDismissal={side}
    >
      <Dialog.Portal container={side ? document.querySelector<HTMLElement>('.app-main') : undefined}>
        {!side && <Dialog.Backdrop className="dialog-backdrop" />}
        <Dialog.Popup
          className={`dialog ${shape}`}
          ref={popup}
          initialFocus={popup}
          finalFocus={() => !gaveBackTo(opener)}
        >
          <div className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close
              render={
                <Button look="quiet" label="Close" hotkey="Esc">
                  <X aria-hidden="true" />
                </Button>
              }
            />
            {about !== undefined && <Dialog.Description className="dialog-about">{about}</Dialog.Description>}
          </div>
          <div className="dialog-body">{children}</div>
          {foot !== undefined && <div className="dialog-foot">{foot}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A server on the stage takes the focus too, but is no HTML element: the focus would not return to it by itself. */
function gaveBackTo(opener: Element | null): boolean {
  if (!(opener instanceof SVGElement)) return false
  opener.focus({ preventScroll: true })
  return true
}
