import { at, disk, put, scenario, tell, timeOut, view } from './script.ts'

/** Figure 7: S1 is to lead term 8; S2 to S7 are its followers (a) to (f). */
export const figure7 = scenario({
  name: 'Figure 7: six logs are repaired',
  seed: 7,
  servers: 7,
  initial: [
    disk(7, 5, '1114455666'),
    disk(7, 5, '111445566'), // (a) lacks one entry
    disk(7, 5, '1114'), // (b) lacks many
    disk(6, 4, '11144556666'), // (c) led term 6 and has one too many
    disk(7, 5, '111445566677'), // (d) led term 7 and has two too many
    disk(4, 6, '1114444'), // (e) led term 4: some too many, some missing
    disk(3, 7, '11122233333'), // (f) led terms 2 and 3 and heard nothing since
  ],
  script: [at(10, timeOut(1)), at(130, tell(1, put('x', '8')))],
  view: view(30, 50),
})
