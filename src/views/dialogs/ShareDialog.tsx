import { Check, Copy, Download, TriangleAlert } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { nameOf, serverId } from '../../base/ids.ts'
import type { Selection } from '../../scenario/scenario.ts'
import { saveToFile } from '../../store/files.ts'
import { titleOf } from '../../store/names.ts'
import { pause } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { copyAddress, type Link, makeLink } from '../../store/share.ts'
import { app } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import { grouped, msText, speedText } from '../kit/format.ts'
import { DialogFrame } from './DialogFrame.tsx'
import './share-dialog.css'

/** The link to this moment: what it holds, and how long it is. */
export function ShareDialog() {
  const [link, setLink] = useState<Link | null>(null)
  useEffect(() => {
    // The link is to this moment, so the moment stays.
    pause()
    let gone = false
    void makeLink().then((made) => {
      if (!gone) setLink(made)
    })
    return () => {
      gone = true
    }
  }, [])
  return (
    <DialogFrame
      title="Share"
      about="Whoever opens the link sees the same cluster at the same moment."
      shape="small"
    >
      <LinkField link={link} />
      {link !== null && !link.fits && <TooLong link={link} />}
      <Contents />
    </DialogFrame>
  )
}

function LinkField({ link }: { link: Link | null }) {
  const id = useId()
  return (
    <div className="share-link">
      <div className="share-label">
        <label htmlFor={id}>Link</label>
        <span className={link?.fits === false ? 'share-length long' : 'share-length'}>
          {link === null ? '' : `${grouped(link.address.length)} of ${grouped(link.budget)} characters`}
        </span>
      </div>
      <input
        id={id}
        className="field mono"
        readOnly
        value={link?.address ?? 'Making the link…'}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div className="share-ways">
        <CopyButton link={link} />
        <Button look={link?.fits === false ? 'primary' : 'plain'} onClick={() => void saveToFile()}>
          <Download aria-hidden="true" /> Save to file
        </Button>
      </div>
    </div>
  )
}

function CopyButton({ link }: { link: Link | null }) {
  const [copied, setCopied] = useState(false)
  const fits = link?.fits !== false
  const copy = async () => {
    if (link !== null) setCopied(await copyAddress(Promise.resolve(link.address)))
  }
  return (
    <Button look={fits ? 'primary' : 'plain'} disabled={link === null} onClick={() => void copy()}>
      {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      {copied ? 'Copied' : fits ? 'Copy link' : 'Copy anyway'}
    </Button>
  )
}

function TooLong({ link }: { link: Link }) {
  return (
    <p className="share-long" role="status">
      <TriangleAlert aria-hidden="true" />
      <span>
        <b>This link is too long to send.</b> It has {grouped(link.address.length)} characters; chat programs
        cut links off at about 2,000, and a cut link cannot be opened. Send a file instead: whoever gets it
        drops it onto this page.
      </span>
    </p>
  )
}

/** What the link holds. It is read once: nothing moves while this dialog is open. */
function Contents() {
  const { scenario, selection, slowdown } = app.getState()
  const { servers, script } = scenario
  return (
    <dl className="share-contents">
      <dt>Scenario</dt>
      <dd>
        <b>{titleOf(scenario.name)}</b>, {count(servers, 'server')}, {count(script.length, 'intervention')}
      </dd>
      <dt>Moment</dt>
      <dd className="tabular">
        {msText(player.now)} ms, at {speedText(slowdown)} speed
      </dd>
      <dt>Selected</dt>
      <dd>{selectedText(selection)}</dd>
    </dl>
  )
}

function selectedText(selection: Selection | null): string {
  if (selection === null) return 'nothing'
  if (selection.kind === 'server') return nameOf(selection.server)
  const { from, to } = selection.message
  return `a message from ${nameOf(serverId(from))} to ${nameOf(serverId(to))}`
}

const count = (n: number, what: string): string =>
  n === 0 ? `no ${what}s` : n === 1 ? `one ${what}` : `${n} ${what}s`
