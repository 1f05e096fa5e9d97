import { variants } from './entry.ts'
import { at, heal, isolate, put, tell, timeOut, view } from './script.ts'

/** D 9.6: who was cut off has raised its term all the while. */
export const preVote = variants(
  'Elections that disturb nobody',
  {
    seed: 17,
    script: [at(10, timeOut(1)), at(200, isolate(2)), at(300, tell(1, put('x', '1'))), at(980, heal)],
    view: view(975, 50, 2),
  },
  {
    id: 'disruptive-rejoin',
    title: 'Back, and in the way',
    about:
      'S2 was cut off and stood for election again and again; now that it is back, its high term ends a leadership that was fine (D 9.6).',
  },
  {
    id: 'disruptive-rejoin-pre-vote',
    title: 'Back, and quietly',
    about:
      'S2 only asked whether it could win and never raised its term, so after the cut it simply follows the leader again (PreVote, D 9.6).',
    settings: { preVote: true },
  },
)
