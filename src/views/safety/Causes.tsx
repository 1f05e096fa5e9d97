import { useEffect, useRef, useState } from 'react'
import { causesOf, type Causes as Links } from '../../store/causes.ts'
import { goToEvents } from '../../store/navigate.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'

interface Props {
  readonly event: number
  /** How many events are over on the screen. */
  readonly events: number
}

/** The chain of causes of an event, to be walked along: each link leads to its moment. */
export function Causes({ event, events }: Props) {
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
  const all = links ?? []
  const steps = all.filter(({ isStep }) => isStep)
  const shown = isWhole ? all : steps
  if (shown.length === 0) return null
  return (
    <>
      <h4 className="safety-way">
        How it came about
        <Walk links={shown} events={events} />
      </h4>
      <ol className="safety-chain" aria-label="How it came about">
        {shown.map((link) => (
          <Link key={link.event} link={link} isHere={link.event === shown[placeIn(shown, events)]?.event} />
        ))}
      </ol>
      {all.length > steps.length && (
        <Button small onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show the main steps alone' : `Show all ${all.length} steps`}
        </Button>
      )}
    </>
  )
}

/** The link that the screen shows, or the last one before it; −1 before the first. */
const placeIn = (links: Links, events: number): number => links.findLastIndex(({ event }) => event < events)

function Walk({ links, events }: { links: Links; events: number }) {
  const place = placeIn(links, events)
  const isOn = links[place]?.event === events - 1
  const earlier = links[isOn ? place - 1 : place]
  const later = links[place + 1]
  const go = (link: Links[number] | undefined) => () => {
    if (link !== undefined) goToEvents(link.event + 1)
  }
  return (
    <span className="safety-walk">
      <Button small onClick={go(earlier)} disabled={earlier === undefined}>
        Earlier
      </Button>
      <Button small onClick={go(later)} disabled={later === undefined}>
        Later
      </Button>
    </span>
  )
}

function Link({ link: { event, at, sentences }, isHere }: { link: Links[number]; isHere: boolean }) {
  const item = useRef<HTMLLIElement>(null)
  const wasHere = useRef(isHere)
  useEffect(() => {
    // The last is where somebody comes from: what is said above it is to be read first.
    if (isHere && !wasHere.current) item.current?.scrollIntoView({ block: 'nearest' })
    wasHere.current = isHere
  }, [isHere])
  return (
    <li ref={item}>
      <button type="button" aria-current={isHere ? 'step' : undefined} onClick={() => goToEvents(event + 1)}>
        <time>{msText(at)} ms</time>{' '}
        {sentences.map((sentence, i) => (
          <span key={i}>
            <b>{sentence.who}</b> <Telling sentence={sentence} />
            {'. '}
          </span>
        ))}
      </button>
    </li>
  )
}
