import { millis } from '../../base/ids.ts'
import { variants } from './entry.ts'
import { at, cut, heal, isolate, put, steadfast, tell, timeOut, view } from './script.ts'

/** D 6.2: a leader that is cut off does not notice. */
export const checkQuorum = variants(
  'Elections that disturb nobody',
  {
    seed: 4,
    settings: { clientTimeout: millis(1200), preVote: true },
    script: [at(10, timeOut(1)), at(300, isolate(1)), at(700, tell(1, put('x', '1'))), at(2400, heal)],
    view: view(690, 50, 1),
  },
  {
    id: 'lonely-leader',
    title: 'A leader that nobody hears',
    about:
      'S1 is cut off and still believes that it leads: it takes C1’s command, can never commit it, and keeps C1 waiting (D 6.2).',
  },
  {
    id: 'lonely-leader-check-quorum',
    title: 'A leader that notices',
    about:
      'S1 heard from no majority for an election timeout and stepped down, so it sends C1 away at once, and another leader answers (CheckQuorum, D 6.2).',
    settings: { checkQuorum: true },
  },
)

/** D 6.2, 9.6: S1 is heard by all and hears nobody; neither cure is enough alone. */
export const oneWayCut = variants(
  'Elections that disturb nobody',
  {
    seed: 4,
    settings: steadfast,
    script: [
      at(10, timeOut(1)),
      ...[2, 3, 4, 5].map((from) => at(300, cut(from, 1))),
      at(700, tell(2, put('x', '1'))),
      at(1800, heal),
    ],
    view: view(295, 50, 1),
  },
  {
    id: 'one-way-cut',
    title: 'A leader that can speak and not hear',
    about:
      'S1’s heartbeats keep everybody from standing, and no answer reaches it, so nothing is committed for as long as the cut lasts (D 6.2).',
  },
  {
    id: 'one-way-cut-pre-vote',
    title: 'One-way cut: PreVote is not enough',
    about:
      'With PreVote alone nothing is better: all servers hear S1, none stands, and nothing is committed (D 6.2, D 9.6).',
    settings: { preVote: true },
  },
  {
    id: 'one-way-cut-check-quorum',
    title: 'One-way cut: CheckQuorum is not enough',
    about:
      'S1 steps down and another leads, but S1 goes on standing for ever later terms, and once it is heard again it deposes the new leader (D 6.2, D 9.6).',
    settings: { checkQuorum: true },
  },
  {
    id: 'one-way-cut-both',
    title: 'One-way cut: PreVote and CheckQuorum',
    about:
      'S1 steps down, another server leads, and when the cut is mended S1 joins it without a new term (D 6.2, D 9.6).',
    settings: { preVote: true, checkQuorum: true },
  },
)
