import { useEffect, useState } from 'react'
import { causesOf, type Causes as Links } from '../../store/causes.ts'
import { goToEvents } from '../../store/navigate.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'

/** How many links are shown at first: those nearest to the event. */
const SHOWN = 12

/** The chain of causes of an event: each link leads to its moment. */
export function Causes({ event }: { event: number }) {
  const [links, setLinks] = useState<Links | null>(null)
  const [isWhole, setWhole] = useState(false)
  useEffect(() => {
    let isWanted = true
    void causesOf(event).then((found) => {
      if (isWanted) setLinks(found)
    })
    return () => {
      isWanted = false
    }
  }, [event])
  const told = links?.filter(({ sentences }) => sentences.some(({ weight }) => weight !== 'quiet')) ?? []
  if (told.length === 0) return null
  const shown = isWhole ? told : told.slice(-SHOWN)
  return (
    <>
      <h4>How it came about</h4>
      {shown.length < told.length && (
        <Button small onClick={() => setWhole(true)}>
          {`Show ${told.length - shown.length} earlier`}
        </Button>
      )}
      <ol className="safety-chain" aria-label="How it came about">
        {shown.map((link) => (
          <li key={link.event}>
            <button type="button" onClick={() => goToEvents(link.event + 1)}>
              <time>{msText(link.at)} ms</time>{' '}
              {link.sentences.map((sentence, i) => (
                <span key={i}>
                  <b>{sentence.who}</b> <Telling sentence={sentence} />{' '}
                </span>
              ))}
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}
