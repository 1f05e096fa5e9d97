import { Menu } from '@base-ui/react/menu'
import { ChevronRight } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { nameOf, type ServerId } from '../../base/ids.ts'
import {
  changeMembers,
  heirsOf,
  restartWithout,
  setDisk,
  transfer,
  whyNoChange,
  whyNoTransfer,
} from '../../store/more-deeds.ts'
import { useCalm } from '../../store/throttle.ts'
import type { Frame, ServerFrame } from '../../worker/protocol.ts'
import { DISK_CHOICES, diskChoiceText } from '../inspector/disk-choices.ts'
import { membersOf } from './members-now.ts'
import './more-actions.css'

interface Props {
  readonly id: ServerId
  /** The button that it belongs to. */
  readonly anchor: HTMLElement | null
  readonly onClose: () => void
}

/** What else can be done to a server: its leadership, its place among the members, its disk. */
export function MoreActions({ id, anchor, onClose }: Props) {
  const frame = useCalm((state) => state.frame)
  const server = frame?.servers[id - 1]
  if (frame === null || server === undefined) return null
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner className="more-place" anchor={anchor} side="bottom" align="end" sideOffset={6}>
          <Menu.Popup className="more" finalFocus={() => anchor} onKeyDown={keepKeys} aria-label={nameOf(id)}>
            <TransferMenu server={server} frame={frame} />
            <MemberItem server={server} frame={frame} />
            <DiskMenu server={server} frame={frame} />
            <Menu.Separator className="more-line" />
            <Menu.Group>
              <Menu.GroupLabel className="more-label">Outside Raft’s assumptions</Menu.GroupLabel>
              <Menu.Item className="more-item" onClick={() => restartWithout(id, 'vote')}>
                Restart without its vote
              </Menu.Item>
              <Menu.Item className="more-item" onClick={() => restartWithout(id, 'disk')}>
                Restart with an empty disk
              </Menu.Item>
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** The page's own keys rest while the menu is open; Escape closes it and nothing else. */
function keepKeys(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.preventDefault()
  else event.stopPropagation()
}

interface PartProps {
  readonly server: ServerFrame
  readonly frame: Frame
}

function TransferMenu({ server, frame }: PartProps) {
  const heirs = heirsOf(server)
  const why = whyNoTransfer(server) ?? (heirs.length === 0 ? 'There is no other member.' : null)
  return (
    <Submenu name="Transfer leadership to" why={why}>
      {heirs.map((to) => {
        const state = frame.servers[to - 1]?.state ?? 'up'
        return (
          <Menu.Item key={to} className="more-item" onClick={() => transfer(server.id, to)}>
            {nameOf(to)}
            {state !== 'up' && <small>{state}</small>}
          </Menu.Item>
        )
      })}
    </Submenu>
  )
}

function MemberItem({ server: { id }, frame }: PartProps) {
  const members = membersOf(frame)
  const isMember = members.includes(id)
  const wanted = isMember ? members.filter((one) => one !== id) : [...members, id]
  const why = whyNoChange(wanted, members, frame)
  return (
    <Menu.Item className="more-item" disabled={why !== null} onClick={() => changeMembers(wanted, members)}>
      {isMember ? 'Remove from the cluster' : 'Add to the cluster'}
      {why !== null && <small>{why}</small>}
    </Menu.Item>
  )
}

function DiskMenu({ server: { id, diskLatency }, frame }: PartProps) {
  return (
    <Submenu name="Disk latency" why={null}>
      <Menu.RadioGroup value={diskLatency} onValueChange={(latency) => setDisk(id, latency)}>
        {DISK_CHOICES.map((latency) => (
          <Menu.RadioItem key={`${latency}`} className="more-item" value={latency} closeOnClick>
            {diskChoiceText(latency, frame.settings.diskLatency)}
            <Menu.RadioItemIndicator className="more-chosen">✓</Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Submenu>
  )
}

interface SubmenuProps {
  readonly name: string
  /** Why there is nothing to choose. */
  readonly why: string | null
  readonly children: ReactNode
}

function Submenu({ name, why, children }: SubmenuProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="more-item" disabled={why !== null}>
        {name}
        {why === null ? <ChevronRight aria-hidden="true" /> : <small>{why}</small>}
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className="more-place" sideOffset={2} alignOffset={-5}>
          <Menu.Popup className="more" onKeyDown={keepKeys}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  )
}
