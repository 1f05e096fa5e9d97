import { useDeferredValue } from 'react'
import { useApp } from '../store/state.ts'
import { Caption } from '../views/caption/Caption.tsx'
import { Dialogs } from '../views/dialogs/Dialogs.tsx'
import { Ending } from '../views/failure/Ending.tsx'
import { Failure } from '../views/failure/Failure.tsx'
import { Header } from '../views/header/Header.tsx'
import { Logs } from '../views/logs/Logs.tsx'
import { Notice } from '../views/notice/Notice.tsx'
import { Panels } from '../views/panels/Panels.tsx'
import { Stage } from '../views/stage/Stage.tsx'
import { Timeline } from '../views/timeline/Timeline.tsx'
import { Transport } from '../views/transport/Transport.tsx'
import { useDocumentTitle, useFullScreen, useKeys } from './keyboard.ts'
import './app.css'

/** The one screen: stage and logs above, time below. */
export function App() {
  const presenting = useApp((state) => state.presenting)
  const failed = useApp((state) => state.status.kind === 'failed')
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
          <Ending />
          {failed && <Failure />}
        </div>
        <aside className="app-side" aria-label="Logs and details">
          {isSettled && <Logs large={presenting} />}
          {isSettled && !presenting && <Panels />}
        </aside>
      </main>
      {presenting && <Caption />}
      <footer className="app-time">
        {!presenting && <Transport />}
        <Timeline />
      </footer>
      <Notice />
      <Dialogs />
    </div>
  )
}
