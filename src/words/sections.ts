import type { Rule } from '../raft/facts.ts'

const TITLES: Readonly<Record<Rule, string>> = {
  '§5.1': 'terms, roles and how servers talk',
  '§5.2': 'electing a leader',
  '§5.3': 'replicating the log',
  '§5.4': 'what keeps it safe',
  '§5.4.1': 'who may be elected',
  '§5.4.2': 'committing entries of earlier terms',
  '§5.6': 'timing and availability',
  '§8': 'serving clients',
  'Fig. 2': 'the algorithm on one page',
  'Fig. 3': 'the properties that always hold',
}

/** What a section of the Raft paper is about: `Raft paper, §5.3: replicating the log` */
export function sectionTitle(rule: string): string {
  const title = Object.hasOwn(TITLES, rule) ? TITLES[rule as Rule] : undefined
  return title === undefined ? `Raft paper, ${rule}` : `Raft paper, ${rule}: ${title}`
}
