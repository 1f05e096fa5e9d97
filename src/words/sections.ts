import type { Rule } from '../raft/facts.ts'

const TITLES: Readonly<Record<Rule, string>> = {
  '§5.1': 'terms, roles and how servers talk',
  '§5.2': 'electing a leader',
  '§5.3': 'replicating the log',
  '§5.4.1': 'who may be elected',
  '§5.4.2': 'committing entries of earlier terms',
  '§6': 'cluster membership changes',
  '§7': 'log compaction',
  '§8': 'serving clients',
  'D 3.10': 'leadership transfer',
  'D 4.1': 'changing one server at a time',
  'D 4.2.1': 'catching up new servers',
  'D 4.2.2': 'removing the current leader',
  'D 4.2.3': 'disruptive servers',
  'D 6.2': 'routing requests to the leader',
  'D 6.3': 'linearizable semantics',
  'D 6.4': 'read-only queries',
  'D 6.4.1': 'reads by lease',
  'D 9.6': 'when a server rejoins',
  'D 10.2.1': 'writing to the leader’s disk in parallel',
  'D 10.2.2': 'batching and pipelining',
  'Fig. 2': 'the algorithm on one page',
  'Fig. 3': 'the properties that always hold',
}

/** What a section is about: `Raft paper, §5.3: replicating the log`, or `Raft dissertation, 9.6: when a server rejoins` */
export function sectionTitle(rule: string): string {
  const title = Object.hasOwn(TITLES, rule) ? TITLES[rule as Rule] : undefined
  const place = rule.startsWith('D ') ? `Raft dissertation, ${rule.slice(2)}` : `Raft paper, ${rule}`
  return title === undefined ? place : `${place}: ${title}`
}
