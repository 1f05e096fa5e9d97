import { unreachable } from '../../base/assert.ts'
import type { PainterMessage, Painting } from './painting.ts'
import { makePainting } from './paintings.ts'

/** Text is written in another font if the page's own has not come by then. */
const LONGEST_WAIT_MS = 3000

// The painter's thread. Orders that come before the next frame are painted together: a picture that is late is left out.
const paintings = new Map<number, Painting<never>>()
const ordered = new Set<Painting<never>>()
/** Those that write. They wait for the font: text that was once written in another stays so, as browsers keep the match. */
const writing = new Set<number>()
let fontIsHere = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<PainterMessage>) => hear(data))

function hear(message: PainterMessage): void {
  if (message.kind === 'all') {
    for (const one of message.messages) hear(one)
  } else if (message.kind === 'font') {
    fontIsHere = load(message.family, message.source, message.weight)
  } else {
    if (message.kind === 'open' && message.what === 'timeline') writing.add(message.id)
    if (writing.has(message.id)) void fontIsHere.then(() => follow(message))
    else follow(message)
  }
}

function follow(message: Exclude<PainterMessage, { kind: 'all' | 'font' }>): void {
  switch (message.kind) {
    case 'open':
      paintings.set(message.id, makePainting(message.what, message.surface))
      return
    case 'order': {
      const painting = paintings.get(message.id)
      if (painting === undefined) return
      painting.take(message.order as never)
      if (ordered.size === 0) requestAnimationFrame(paintAll)
      ordered.add(painting)
      return
    }
    case 'close':
      paintings.delete(message.id)
      return
    default:
      unreachable(message)
  }
}

function paintAll(): void {
  const now = [...ordered]
  ordered.clear()
  for (const painting of now) painting.paint()
}

/** A worker knows none of the page's fonts. Without this one there are others. */
async function load(family: string, source: string, weight: string): Promise<void> {
  const { fonts } = self as unknown as { fonts: FontFaceSet }
  const font = new FontFace(family, `url("${source}")`, { weight })
  fonts.add(font)
  const tooLong = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))
  await Promise.race([font.load(), tooLong]).catch(() => undefined)
}
