import { FRESH_SERVERS } from '../scenario/fresh.ts'
import { startingServers } from '../store/first-frame.ts'
import { opensFresh } from '../store/opens-fresh.ts'
import { Cluster } from '../views/stage/Cluster.tsx'
import { insetsOf, LEAST_WORDS, layOut } from '../views/stage/geometry.ts'
import { hasRoom } from '../views/stage/has-room.ts'
import { laneY, layoutOf } from '../views/timeline/layout.ts'
import { markupOf } from './jsx-runtime.ts'

// Part of the page itself, after the shell (shell.tsx): draws the cluster where React will take it over, as large as
// this window wants it, before anything else is loaded.

/** However long the first picture takes, the program starts by then; in a hidden tab nothing is painted at all. */
const LONGEST_WAIT_MS = 500

const { entry } = document.currentScript?.dataset ?? {}
const root = document.getElementById('root')
if (root !== null && entry !== undefined) {
  // A link or work in progress is opened by the program: whatever is drawn before that would be wrong.
  if (opensFresh()) {
    draw(root)
    void painted().then(() => start(entry))
  } else {
    root.replaceChildren()
    start(entry)
  }
}

function draw(root: HTMLElement): void {
  const stage = root.querySelector('.stage')
  if (stage === null) return
  // All is measured before anything is drawn: the page is laid out only once before it is painted.
  const { clientWidth: width, clientHeight: height } = stage
  const plot = root.querySelector('.timeline-plot')?.clientHeight ?? 0
  const servers = startingServers(FRESH_SERVERS, null)
  const picture = (
    <>
      <Cluster
        layout={layOut(servers.length, width, height, insetsOf(width, false))}
        words={LEAST_WORDS}
        servers={servers}
        cuts={[]}
        selection={null}
        groups={[]}
        onPick={() => undefined}
      />
      <div className="stage-flights" />
    </>
  )
  // Until the program takes over, nothing here does anything.
  root.ariaBusy = 'true'
  stage.insertAdjacentHTML('afterbegin', markupOf(picture))
  root.querySelector('.legend')?.toggleAttribute('open', hasRoom())
  const lanes = layoutOf(plot, servers.length)
  root.querySelectorAll<HTMLElement>('.timeline-names li').forEach((name, i) => {
    const middleOfBand = lanes.bandTop + lanes.bandHeight / 2
    name.style.top = `${i < servers.length ? laneY(lanes, i + 1) : middleOfBand}px`
  })
}

/** Resolves when what is here is on the screen: to load the program takes the thread that paints. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, document.hidden ? 0 : LONGEST_WAIT_MS)
  })
}

function start(entry: string): void {
  document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: entry }))
}
