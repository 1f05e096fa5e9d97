import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { earlierWorks, forgetWork, openShelved, putBack } from '../../store/current.ts'
import { titleOf } from '../../store/names.ts'
import type { Work } from '../../store/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { closeDialog } from './DialogFrame.tsx'

/** What the viewer changed before and then left for another scenario. */
export function EarlierWork() {
  const [works] = useState(earlierWorks)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  if (works.length === 0) return null
  const forget = ({ id }: Work) => {
    forgetWork(id)
    setGone(new Set(gone).add(id))
  }
  const keep = (work: Work) => {
    putBack(work)
    setGone(new Set([...gone].filter((id) => id !== work.id)))
  }
  return (
    <section className="own-part" aria-label="Your earlier work">
      <h3>Your earlier work</h3>
      <ul className="earlier">
        {works.map((work) => (
          <li key={work.id}>
            {gone.has(work.id) ? (
              <>
                <span className="earlier-gone">Deleted ‘{titleOf(work.name)}’</span>
                <Button small onClick={() => keep(work)}>
                  Undo
                </Button>
              </>
            ) : (
              <Kept work={work} onForget={forget} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Kept({ work, onForget }: { work: Work; onForget: (work: Work) => void }) {
  const title = titleOf(work.name)
  const open = async () => {
    if (await openShelved(work.id)) closeDialog()
  }
  return (
    <>
      <button type="button" className="earlier-open" onClick={() => void open()}>
        <b>{title}</b>
        <span>
          {work.servers === 1 ? 'one server' : `${work.servers} servers`}, {whenText(work.savedAt)}
        </span>
      </button>
      <Button small look="quiet" label={`Delete ‘${title}’`} onClick={() => onForget(work)}>
        <Trash2 aria-hidden="true" />
      </Button>
    </>
  )
}

const whenText = (savedAt: number): string =>
  new Date(savedAt).toLocaleString('en', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
