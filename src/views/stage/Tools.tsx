import { MousePointer2, Network, Power, Scissors, Terminal, TimerOff, Users } from 'lucide-react'
import { lazy, type ReactNode } from 'react'
import { unreachable } from '../../base/assert.ts'
import { takeTool } from '../../store/deeds.ts'
import { app, type Tool, useApp } from '../../store/state.ts'
import { Part } from '../failure/Part.tsx'
import { Button } from '../kit/Button.tsx'
import { CommandBox } from './CommandBox.tsx'
import './tools.css'

const TOOLS: readonly { tool: Tool; name: string; hotkey: string; icon: typeof Power }[] = [
  { tool: 'select', name: 'Select', hotkey: 'V', icon: MousePointer2 },
  { tool: 'crash', name: 'Crash', hotkey: 'X', icon: Power },
  { tool: 'timeout', name: 'Time out', hotkey: 'T', icon: TimerOff },
  { tool: 'partition', name: 'Partition', hotkey: 'C', icon: Scissors },
  { tool: 'command', name: 'Client command', hotkey: '↵', icon: Terminal },
  { tool: 'members', name: 'Members', hotkey: 'M', icon: Users },
]

const PartitionBox = lazy(() => import('./PartitionBox.tsx').then((it) => ({ default: it.PartitionBox })))
const MembersBox = lazy(() => import('./MembersBox.tsx').then((it) => ({ default: it.MembersBox })))

/** The bar of tools, and over it whatever the tool in hand needs; it tells what it takes of the stage, if that is much. */
export function Tools({ onHeight }: { onHeight: (height: number) => void }) {
  const tool = useApp((state) => state.tool)
  return (
    <div className="tools-place">
      <ToolHelp tool={tool} onHeight={onHeight} />
      <div className="tools" role="toolbar" aria-label="Tools">
        {TOOLS.map(({ tool: each, name, hotkey, icon: Icon }) => (
          <Button
            key={each}
            look="quiet"
            aria-pressed={tool === each}
            hotkey={hotkey}
            onClick={() => takeTool(each)}
          >
            <Icon aria-hidden="true" className="tools-icon" />
            <span className="tools-name">{name}</span>
          </Button>
        ))}
        <Button look="quiet" onClick={() => app.setState({ dialog: 'settings' })}>
          <Network aria-hidden="true" className="tools-icon" />
          <span className="tools-name">Network</span>
        </Button>
      </div>
    </div>
  )
}

function ToolHelp({ tool, onHeight }: { tool: Tool; onHeight: (height: number) => void }) {
  switch (tool) {
    case 'command':
      // There at once: what is typed meanwhile would be taken for the page's own keys.
      return <CommandBox />
    case 'members':
      return later(<MembersBox onHeight={onHeight} />)
    case 'partition':
      return later(<PartitionBox />)
    case 'crash':
      return <p className="tools-help">Click a server to crash it, or to restart it.</p>
    case 'timeout':
      return <p className="tools-help">Click a server: its election timer runs out now.</p>
    case 'select':
      return null
    default:
      return unreachable(tool)
  }
}

const later = (box: ReactNode) => <Part onMissing={() => takeTool('select')}>{box}</Part>
