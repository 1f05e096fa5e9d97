import { ChevronRight, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { nameOf, type ServerId } from '../../base/ids.ts'
import type { LinkSettings } from '../../simulation/settings.ts'
import { act } from '../../store/edit.ts'
import { linkText } from '../../words/settings.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { LinkForm } from './LinkForm.tsx'

interface Props {
  readonly frame: Frame
  readonly server: ServerId
}

/** Every directed link of a server: to cut, to mend, and to make worse. */
export function Links({ frame, server }: Props) {
  const others = frame.servers.map(({ id }) => id).filter((id) => id !== server)
  const [open, setOpen] = useState<string | null>(null)
  const directed = others.flatMap((other) => [
    { from: server, to: other },
    { from: other, to: server },
  ])
  const cuts = directed.filter(({ from, to }) => isCut(frame, from, to)).length
  return (
    <details className="inspector-links">
      <summary>
        <ChevronRight aria-hidden="true" /> Links <small>{summary(cuts, directed.length)}</small>
      </summary>
      <ul>
        {directed.map(({ from, to }) => {
          const key = `${nameOf(from)} → ${nameOf(to)}`
          const own = frame.links.find((link) => link.from === from && link.to === to)?.settings ?? null
          return (
            <Link
              key={key}
              name={key}
              from={from}
              to={to}
              cut={isCut(frame, from, to)}
              own={own}
              cluster={frame.settings}
              open={open === key}
              onOpen={() => setOpen(open === key ? null : key)}
            />
          )
        })}
      </ul>
    </details>
  )
}

function isCut({ cuts }: Frame, from: ServerId, to: ServerId): boolean {
  return cuts.some((cut) => cut[0] === from && cut[1] === to)
}

function summary(cuts: number, all: number): string {
  if (cuts === 0) return `all ${all} whole`
  return `${cuts} of ${all} cut`
}

interface LinkProps {
  readonly name: string
  readonly from: ServerId
  readonly to: ServerId
  readonly cut: boolean
  /** Settings of this link alone; `null` if the cluster's hold. */
  readonly own: LinkSettings | null
  readonly cluster: LinkSettings
  readonly open: boolean
  readonly onOpen: () => void
}

function Link({ name, from, to, cut, own, cluster, open, onOpen }: LinkProps) {
  return (
    <li>
      <span className="mono inspector-link-name">{name}</span>
      <span className="inspector-link-state" data-cut={cut ? '' : undefined}>
        {cut ? 'cut' : own === null ? 'whole' : linkText(own)}
      </span>
      <Button
        small
        onClick={() => act({ kind: cut ? 'Mend' : 'Cut', from, to })}
        aria-label={`${cut ? 'Mend' : 'Cut'} ${name}`}
      >
        {cut ? 'Mend' : 'Cut'}
      </Button>
      <Button small look="quiet" label={`Settings of ${name}`} aria-expanded={open} onClick={onOpen}>
        <SlidersHorizontal />
      </Button>
      {open && <LinkForm from={from} to={to} own={own} cluster={cluster} onDone={onOpen} />}
    </li>
  )
}
