import { type Micros, millis } from '../../base/ids.ts'
import { durationText } from '../kit/format.ts'

/** What one server's disk can be given; `null` is what the cluster's disks take. */
export const DISK_CHOICES: readonly (Micros | null)[] = [null, ...[0, 2, 5, 10, 20, 50, 100, 200].map(millis)]

/** `20 ms`, or `as all, 5 ms` */
export const diskChoiceText = (latency: Micros | null, clusters: Micros): string =>
  latency === null ? `as all, ${durationText(clusters)}` : durationText(latency)
