import { createStore } from 'zustand/vanilla'
import { lasting } from './storage.ts'

type Theme = 'system' | 'light' | 'dark'

interface Preferences {
  readonly theme: Theme
  /** What the theme comes to just now. */
  readonly dark: boolean
}

/** The page's first lines read it too, before anything is drawn. */
const KEY = 'whitewater.theme'

export const preferences = createStore<Preferences>()(() => ({ theme: 'system', dark: false }))

/** Takes up what was chosen before, and follows the system where nothing was. Called once. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const update = () => {
    const { theme } = preferences.getState()
    const dark = theme === 'system' ? system.matches : theme === 'dark'
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    if (dark !== preferences.getState().dark) preferences.setState({ dark })
  }
  system.addEventListener('change', update)
  preferences.subscribe(update)
  // Another tab may choose, too.
  addEventListener('storage', ({ key }) => {
    if (key === KEY || key === null) preferences.setState({ theme: chosenTheme() })
  })
  preferences.setState({ theme: chosenTheme() })
}

function chosenTheme(): Theme {
  const theme = lasting.get(KEY)
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

function setTheme(theme: Theme): void {
  if (theme === 'system') lasting.remove(KEY)
  else lasting.set(KEY, theme)
  preferences.setState({ theme })
}

/** To the other theme; to follow the system again where that is the system's. */
export function toggleTheme(): void {
  const wanted = preferences.getState().dark ? 'light' : 'dark'
  const systems = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  setTheme(wanted === systems ? 'system' : wanted)
}
