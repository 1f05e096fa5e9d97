import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { type AppState, app, type Notice as Said, useApp } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import './notice.css'

const STAYS_MS = 6000
/** How soon it goes once nobody is at it any more. */
const LINGERS_MS = 1500

const dismiss = () => app.setState({ notice: null })

/** Whether it stands at the foot of the window: the stage, over whose foot it stands else, is covered or out of sight. */
export function isNoticeLow({ dialog }: Pick<AppState, 'dialog'>): boolean {
  const isNarrow = innerWidth <= 900
  const isCovered = dialog !== null && (isNarrow || (dialog !== 'settings' && dialog !== 'rules'))
  return (
    isCovered || (isNarrow && (document.querySelector('.stage')?.getBoundingClientRect().bottom ?? 0) < 200)
  )
}

/** What the page has to say. It goes by itself, unless it is bad news or somebody is at it. */
export function Notice() {
  const notice = useApp((state) => state.notice)
  const low = useApp((state) => state.notice !== null && isNoticeLow(state))
  // The live region is there before anything is said in it: else it would not be read out.
  return (
    <div className={low ? 'notice-place low' : 'notice-place'} role="status" aria-live="polite">
      {notice !== null && <Toast notice={notice} />}
    </div>
  )
}

function Toast({ notice }: { notice: Said }) {
  const box = useRef<HTMLDivElement>(null)
  const bad = notice.tone === 'bad'
  useEffect(() => {
    if (bad) return
    const leave = () => {
      if (box.current?.matches(':hover, :focus-within')) timer = setTimeout(leave, LINGERS_MS)
      else if (app.getState().notice === notice) dismiss()
    }
    let timer = setTimeout(leave, STAYS_MS)
    return () => clearTimeout(timer)
  }, [bad, notice])
  const { text, action } = notice
  return (
    <div className={bad ? 'notice bad' : 'notice'} ref={box}>
      <p role={bad ? 'alert' : undefined}>{text}</p>
      {action !== null && (
        <Button
          small
          onClick={() => {
            dismiss()
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <Button small look="quiet" label="Close" onClick={dismiss}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}
