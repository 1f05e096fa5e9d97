import { variants } from './entry.ts'
import { at, change, crash, restart, timeOut, view } from './script.ts'

/** §7: S3 was down while the others went on. */
export const snapshots = variants(
  'Log compaction',
  {
    seed: 5,
    servers: 3,
    settings: { maxEntries: 4, clientRate: 15 },
    script: [
      at(10, timeOut(1)),
      at(150, crash(3)),
      at(1000, change({ clientRate: 0 })),
      at(1100, restart(3)),
    ],
    view: view(1095, 50, 3),
  },
  {
    id: 'long-absent',
    title: 'Catching up, entry by entry',
    about:
      'S3 was down for long: the leader has kept its whole log for it, and sends it all, some entries at a time (§5.3, §7).',
  },
  {
    id: 'long-absent-snapshot',
    title: 'Catching up with a snapshot',
    about:
      'The others have compacted their logs, so S3 gets the leader’s snapshot in one message and then the few entries after it (InstallSnapshot, §7).',
    settings: { snapshotAt: 10 },
  },
  {
    id: 'long-absent-chunks',
    title: 'A snapshot in chunks',
    about:
      'The same snapshot comes in pieces of 16 bytes: each names its place, and S3 installs the whole only after the last one (§7, Figure 13).',
    settings: { snapshotAt: 10, snapshotChunk: 16 },
  },
)
