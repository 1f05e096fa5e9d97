import { unreachable } from '../../base/assert.ts'
import { StagePainting } from '../stage/stage-painting.ts'
import { TimelinePainting } from '../timeline/timeline-painting.ts'
import type { Orders, Painting, PaintingKind, Surface } from './painting.ts'

/** A new painting on a surface. */
export function makePainting<Kind extends PaintingKind>(what: Kind, surface: Surface): Painting<Orders[Kind]>
export function makePainting(what: PaintingKind, surface: Surface): Painting<never> {
  switch (what) {
    case 'stage':
      return new StagePainting(surface)
    case 'timeline':
      return new TimelinePainting(surface)
    default:
      return unreachable(what)
  }
}
