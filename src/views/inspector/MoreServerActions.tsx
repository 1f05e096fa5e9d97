import { Crown, UserMinus, UserPlus } from 'lucide-react'
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
import { Button } from '../kit/Button.tsx'
import { membersOf } from '../stage/members-now.ts'
import { DISK_CHOICES, diskChoiceText } from './disk-choices.ts'

/** Its leadership, its place among the members, its disk, and what Raft assumes never to happen. */
export function MoreServerActions({ id }: { id: ServerId }) {
  const frame = useCalm((state) => state.frame)
  const server = frame?.servers[id - 1]
  if (frame === null || server === undefined) return null
  return (
    <>
      <fieldset className="panel-actions" disabled={frame.end !== null}>
        <legend className="unseen">Leadership, membership, disk</legend>
        <Heirs server={server} />
        <Membership id={id} frame={frame} />
        <Disk server={server} frame={frame} />
      </fieldset>
      <fieldset className="panel-actions" disabled={frame.end !== null}>
        <legend className="inspector-outside">Outside Raft’s assumptions</legend>
        <Button small onClick={() => restartWithout(id, 'vote')}>
          Restart without its vote
        </Button>
        <Button small onClick={() => restartWithout(id, 'disk')}>
          Restart with an empty disk
        </Button>
      </fieldset>
    </>
  )
}

function Heirs({ server }: { server: ServerFrame }) {
  const heirs = heirsOf(server)
  const why = whyNoTransfer(server) ?? (heirs.length === 0 ? 'There is no other member.' : null)
  if (why !== null) {
    return (
      <Button small disabled title={why}>
        <Crown />
        Transfer leadership
      </Button>
    )
  }
  return (
    <fieldset className="inspector-heirs">
      <legend className="unseen">Transfer leadership to</legend>
      <span aria-hidden="true">Transfer leadership to</span>
      {heirs.map((heir) => (
        <Button key={heir} small onClick={() => transfer(server.id, heir)}>
          {nameOf(heir)}
        </Button>
      ))}
    </fieldset>
  )
}

function Membership({ id, frame }: { id: ServerId; frame: Frame }) {
  const members = membersOf(frame)
  const isMember = members.includes(id)
  const wanted = isMember ? members.filter((one) => one !== id) : [...members, id]
  const why = whyNoChange(wanted, members, frame)
  return (
    <Button
      small
      disabled={why !== null}
      title={why ?? 'A client asks the leader for it'}
      onClick={() => changeMembers(wanted, members)}
    >
      {isMember ? <UserMinus /> : <UserPlus />}
      {isMember ? 'Remove from the cluster' : 'Add to the cluster'}
    </Button>
  )
}

function Disk({ server: { id, diskLatency }, frame }: { server: ServerFrame; frame: Frame }) {
  const isListed = DISK_CHOICES.includes(diskLatency)
  const choices = isListed ? DISK_CHOICES : [...DISK_CHOICES, diskLatency]
  return (
    <label className="inspector-clock">
      Disk
      <select
        className="panel-select small"
        value={diskLatency ?? ''}
        onChange={({ target }) => {
          setDisk(id, choices.find((latency) => `${latency ?? ''}` === target.value) ?? null)
        }}
      >
        {choices.map((latency) => (
          <option key={latency} value={latency ?? ''}>
            {diskChoiceText(latency, frame.settings.diskLatency)}
          </option>
        ))}
      </select>
    </label>
  )
}
