import { lazy, useDeferredValue } from 'react'
import { useApp } from '../store/state.ts'
import { Dialogs } from '../views/dialogs/Dialogs.tsx'
import { Part } from '../views/failure/Part.tsx'
import { Header } from '../views/header/Header.tsx'
import { Logs } from '../views/logs/Logs.tsx'
import { Panels } from '../views/panels/Panels.tsx'
import { Stage } from '../views/stage/Stage.tsx'
import { Timeline } from '../views/timeline/Timeline.tsx'
import { Transport } from '../views/transport/Transport.tsx'
import { useDocumentTitle, useFullScreen, useKeys } from './keyboard.ts'
import './app.css'

// The first view shows none of these: they come when wanted.
const Caption = lazy(() => import('../views/caption/Caption.tsx').then((it) => ({ default: it.Caption })))
const Captions = lazy(() => import('../views/find/Captions.tsx').then((it) => ({ default: it.Captions })))
const Ending = lazy(() => import('../views/failure/Ending.tsx').then((it) => ({ default: it.Ending })))
const LikelyCurve = lazy(() =>
  import('../views/likely/LikelyCurve.tsx').then((it) => ({ default: it.LikelyCurve })),
)
const Failure = lazy(() => import('../views/failure/Failure.tsx').then((it) => ({ default: it.Failure })))

/** The one screen: stage and logs above, time below. */
export function App() {
  const presenting = useApp((state) => state.presenting)
  const walking = useApp((state) => state.walk !== null)
  const failed = useApp((state) => state.status.kind === 'failed')
  const hasEnded = useApp(({ frame, strayed }) => (frame?.end ?? frame?.violation ?? strayed) !== null)
  const curve = useApp((state) => state.curve)
  // The cluster is drawn first; what stands beside it follows a moment later.
  const isSettled = useDeferredValue(true, false)
  useKeys()
  useFullScreen()
  useDocumentTitle()
  return (
    <div className={presenting ? 'app presenting' : 'app'}>
      {!presenting && <Header />}
      <main className="app-main">
        <div className="app-stage">
          <Stage />
          {hasEnded && (
            <Part>
              <Ending />
            </Part>
          )}
          {failed && (
            <Part>
              <Failure />
            </Part>
          )}
        </div>
        <aside className="app-side" aria-label="Logs and details">
          {isSettled && <Logs large={presenting} />}
          {isSettled && !presenting && <Panels />}
        </aside>
      </main>
      {walking && (
        <Part>
          <Captions />
        </Part>
      )}
      {presenting && !walking && (
        <Part>
          <Caption />
        </Part>
      )}
      <footer className="app-time">
        {!presenting && <Transport />}
        {curve && (
          <Part>
            <LikelyCurve presenting={presenting} />
          </Part>
        )}
        <Timeline />
      </footer>
      <Dialogs />
    </div>
  )
}
