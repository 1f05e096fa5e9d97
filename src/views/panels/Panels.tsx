import { lazy } from 'react'
import { unreachable } from '../../base/assert.ts'
import { background } from '../../store/background.ts'
import { app, type Panel } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Part } from '../failure/Part.tsx'
import { serverName } from '../kit/format.ts'
import { WhatHappened } from '../story/WhatHappened.tsx'
import './panels.css'
import { type Tab, TabList, TabPanel } from './Tabs.tsx'

// The first view shows none of these: they come when wanted.
const WhatComesNext = lazy(() => import('./lazy.ts').then((it) => ({ default: it.WhatComesNext })))
const ServerPanel = lazy(() => import('./lazy.ts').then((it) => ({ default: it.ServerPanel })))
const MessagePanel = lazy(() => import('./lazy.ts').then((it) => ({ default: it.MessagePanel })))
const ClientsPanel = lazy(() => import('./lazy.ts').then((it) => ({ default: it.ClientsPanel })))
const SafetyPanel = lazy(() =>
  Promise.all([import('./lazy.ts'), background.load()]).then(([it]) => ({ default: it.SafetyPanel })),
)

const Announcer = lazy(() => import('../story/Announcer.tsx').then((it) => ({ default: it.Announcer })))

/** The side panel: what happened, what comes next, and all there is to know about one thing. */
export function Panels() {
  const open = useCalm((state) => state.panel)
  const selected = useCalm((state) => (state.selection?.kind === 'server' ? state.selection.server : null))
  const hasBegun = useCalm(({ frame }) => frame !== null && frame.events > 0)
  const alarm = useCalm(({ frame }) => frame && alarmAt(frame))
  const tabs: readonly Tab<Panel>[] = [
    { id: 'happened', label: 'What happened', short: 'Happened' },
    { id: 'next', label: 'What comes next', short: 'Next' },
    selected === null
      ? { id: 'server', label: 'Server' }
      : { id: 'server', label: `Server ${serverName(selected)}`, short: serverName(selected) },
    { id: 'message', label: 'Message' },
    { id: 'clients', label: 'Clients' },
    { id: 'safety', label: 'Safety', alarm: alarm ?? undefined },
  ]
  return (
    <section className="panels" aria-label="Details">
      <TabList name="Panels" tabs={tabs} open={open} onOpen={openPanel} />
      <TabPanel key={open} id={open}>
        <Part>
          <Body panel={open} />
        </Part>
      </TabPanel>
      {hasBegun && (
        <Part>
          <Announcer />
        </Part>
      )}
    </section>
  )
}

function alarmAt({ end, safety, events }: Frame): string | null {
  if (end !== null) return 'The run ends here'
  return safety.stops.includes(events - 1) ? 'A promise is broken here' : null
}

const openPanel = (panel: Panel): void => app.setState({ panel })

function Body({ panel }: { panel: Panel }) {
  switch (panel) {
    case 'happened':
      return <WhatHappened />
    case 'next':
      return <WhatComesNext />
    case 'server':
      return <ServerPanel />
    case 'message':
      return <MessagePanel />
    case 'clients':
      return <ClientsPanel />
    case 'safety':
      return <SafetyPanel />
    default:
      return unreachable(panel)
  }
}
