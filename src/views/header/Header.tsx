import { Keyboard, LibraryBig, Moon, Presentation, Sun } from 'lucide-react'
import { lazy } from 'react'
import { titleOf } from '../../store/names.ts'
import { toggleTheme } from '../../store/preferences.ts'
import { app, type Dialog, useApp } from '../../store/state.ts'
import { unsafeCount } from '../../store/unsafe.ts'
import { Part } from '../failure/Part.tsx'
import { Button } from '../kit/Button.tsx'
import './header.css'

const UnsafeNotice = lazy(() => import('./UnsafeNotice.tsx').then((it) => ({ default: it.UnsafeNotice })))

const open = (dialog: Dialog) => () => app.setState({ dialog })

/** What this is, which scenario, and the ways to others. */
export function Header() {
  const name = useApp(({ scenario }) => scenario.name)
  const edited = useApp((state) => state.edited)
  const isUnsafe = useApp((state) => unsafeCount(state) > 0)
  return (
    <header className="header">
      <h1 className="header-mark">
        <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M2 17c2.5 0 2.5-1.7 5-1.7S9.5 17 12 17s2.5-1.7 5-1.7 2.5 1.7 5 1.7" />
          <path d="M5 11.5h14M7 7h10" />
        </svg>
        Whitewater
      </h1>
      <button
        type="button"
        className="header-name"
        onClick={open('scenarios')}
        title="Rename, or open another scenario"
      >
        {titleOf(name)}
        {edited && <span className="header-edited"> · edited</span>}
      </button>
      {isUnsafe && (
        <Part>
          <UnsafeNotice />
        </Part>
      )}
      <nav className="header-nav" aria-label="Page">
        <Button look="quiet" aria-label="Scenarios" onClick={open('scenarios')}>
          <LibraryBig className="header-narrow" aria-hidden="true" />
          <span className="header-wide">Scenarios</span>
        </Button>
        <Button look="quiet" onClick={open('rules')}>
          Rules
        </Button>
        <Button look="quiet" className="header-wide" onClick={open('settings')}>
          Settings
        </Button>
        <Button look="quiet" label="Light or dark" onClick={toggleTheme}>
          <Sun className="header-sun" aria-hidden="true" />
          <Moon className="header-moon" aria-hidden="true" />
        </Button>
        <Button look="quiet" className="header-wide" label="Keys" hotkey="?" onClick={open('keys')}>
          <Keyboard aria-hidden="true" />
        </Button>
        <Button
          className="header-present"
          hotkey="P"
          aria-label="Present"
          onClick={() => app.setState({ presenting: true })}
        >
          <Presentation className="header-narrow" aria-hidden="true" />
          <span className="header-wide">Present</span>
        </Button>
        <Button look="primary" onClick={open('share')}>
          <span>
            Share<span className="header-wide"> link</span>
          </span>
        </Button>
      </nav>
    </header>
  )
}
