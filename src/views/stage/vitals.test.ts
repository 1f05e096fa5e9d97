import { expect, test } from 'vitest'
import { serverId, term } from '../../base/ids.ts'
import type { Role } from '../../raft/server.ts'
import { PROPERTY_WORDS } from '../../words/safety.ts'
import { leadersText, PROPERTIES } from './Vitals.tsx'

const server = (id: number, role: Role, currentTerm: number) => ({
  id: serverId(id),
  role,
  currentTerm: term(currentTerm),
})

test.for<[string, number, ReturnType<typeof server>[], string]>([
  ['nobody leads', 2, [server(1, 'follower', 2), server(2, 'candidate', 2)], 'none'],
  ['one leads the latest term', 2, [server(1, 'follower', 2), server(2, 'leader', 2)], 'S2'],
  ['a candidate is a term ahead', 2, [server(1, 'leader', 1), server(5, 'candidate', 2)], 'S1 (term 1)'],
  ['one was left behind', 3, [server(1, 'leader', 1), server(5, 'leader', 3)], 'S5, S1 (term 1)'],
])('who leads: %s', ([, latest, servers, text]) => {
  expect(leadersText(servers, latest)).toBe(text)
})

test('as many safety properties hold as Figure 3 has', () => {
  const all = Object.values(PROPERTY_WORDS).filter(({ section }) => section === 'Fig. 3')
  expect(PROPERTIES).toBe(all.length)
})
