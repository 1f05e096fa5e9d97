import type { World } from '../simulation/world.ts'
import { judgeClients } from './client-watch.ts'
import { Judging } from './judging.ts'

/** All judges, from the start. */
export class Judges extends Judging {
  constructor(world: World) {
    super(world, judgeClients)
  }
}
