import { unreachable } from '../../base/assert.ts'
import { app, type Panel } from '../../store/state.ts'
import { useCalm } from '../../store/throttle.ts'
import { ClientsPanel } from '../clients/ClientsPanel.tsx'
import { MessagePanel } from '../inspector/MessagePanel.tsx'
import { ServerPanel } from '../inspector/ServerPanel.tsx'
import { serverName } from '../kit/format.ts'
import { WhatComesNext } from '../next/WhatComesNext.tsx'
import { SafetyPanel } from '../safety/SafetyPanel.tsx'
import { Announcer } from '../story/Announcer.tsx'
import { WhatHappened } from '../story/WhatHappened.tsx'
import './panels.css'
import { type Tab, TabList, TabPanel } from './Tabs.tsx'

/** The side panel: what happened, what comes next, and all there is to know about one thing. */
export function Panels() {
  const open = useCalm((state) => state.panel)
  const selected = useCalm((state) => (state.selection?.kind === 'server' ? state.selection.server : null))
  const violated = useCalm((state) => (state.frame?.end ?? null) !== null)
  const tabs: readonly Tab<Panel>[] = [
    { id: 'happened', label: 'What happened' },
    { id: 'next', label: 'What comes next' },
    { id: 'server', label: selected === null ? 'Server' : `Server ${serverName(selected)}` },
    { id: 'message', label: 'Message' },
    { id: 'clients', label: 'Clients' },
    { id: 'safety', label: 'Safety', alarm: violated ? 'The run ends here' : undefined },
  ]
  return (
    <section className="panels" aria-label="Details">
      <TabList name="Panels" tabs={tabs} open={open} onOpen={openPanel} />
      <TabPanel key={open} id={open}>
        <Body panel={open} />
      </TabPanel>
      <Announcer />
    </section>
  )
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
