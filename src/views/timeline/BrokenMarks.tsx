import { useEffect, useRef } from 'react'
import type { Note } from '../../check/properties.ts'
import { goToEvents } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { useCalm } from '../../store/throttle.ts'
import { PROPERTY_WORDS } from '../../words/safety.ts'
import { showPanel } from '../panels/show-panel.ts'
import { serversIn } from '../safety/blame.ts'
import { camera } from './camera.ts'
import { laneY, layoutOf } from './layout.ts'
import './broken-marks.css'

interface Props {
  readonly height: number
  /** As many as servers ever come; `null` before that is known. */
  readonly lanes: number | null
  readonly presenting: boolean
}

const NONE: readonly Note[] = []

/** Where promises were broken: a line over the lanes, and a ring on the lane of each server that is to blame. */
export function BrokenMarks({ height, lanes, presenting }: Props) {
  const servers = useCalm((state) => lanes ?? state.frame?.servers.length ?? 0)
  const notes = useCalm((state) => state.frame?.safety.notes ?? NONE)
  const box = useRef<HTMLDivElement>(null)
  const layout = layoutOf(height, servers, presenting)
  useEffect(
    () =>
      player.onTick(() => {
        for (const mark of box.current?.children ?? []) {
          if (!(mark instanceof HTMLElement)) continue
          const x = camera.xOf(Number(mark.dataset['at']))
          mark.hidden = x < 0 || x > camera.width
          mark.style.transform = `translateX(${x}px)`
        }
      }),
    [],
  )
  return (
    <div className="broken-marks" ref={box}>
      {notes.map((note) => {
        if (note.kind === 'Untold') return null
        const { name } = PROPERTY_WORDS[note.kind]
        return (
          <button
            key={`${note.kind} ${note.event}`}
            type="button"
            data-at={note.at}
            data-promised={note.kind !== 'ExactlyOnce' || note.promised}
            hidden
            style={{ height: layout.bandTop }}
            aria-label={`${name} violated: go there`}
            title={`${name} is violated here`}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => {
              showPanel('safety')
              goToEvents(note.event + 1)
            }}
          >
            {serversIn(note).map((id) => (
              <i key={id} style={{ top: laneY(layout, id) }} />
            ))}
          </button>
        )
      })}
    </div>
  )
}
