import { variants } from './entry.ts'
import { at, crash, transfer as handOver, put, tell, timeOut, view } from './script.ts'

/** D 3.10: S1 has to be switched off at 400 ms. */
export const transfer = variants(
  'Handing over leadership',
  { seed: 16, view: view(295, 50, 1) },
  {
    id: 'maintenance',
    title: 'A leader is switched off',
    about:
      'S1 goes without a word: nobody leads until an election timeout has passed and another server has been elected (§5.2, D 3.10).',
    script: [at(10, timeOut(1)), at(100, tell(1, put('x', '1'))), at(400, crash(1))],
  },
  {
    id: 'maintenance-transfer',
    title: 'A leader hands over first',
    about:
      'Before it is switched off, S1 tells S3 to stand at once: S3 leads after three message delays, with no timeout to wait for (TimeoutNow, D 3.10).',
    script: [at(10, timeOut(1)), at(100, tell(1, put('x', '1'))), at(300, handOver(1, 3)), at(400, crash(1))],
  },
)
