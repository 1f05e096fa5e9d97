import { unreachable } from '../base/assert.ts'
import { MOST_SERVERS, nameOf, type ServerId } from '../base/ids.ts'
import type { InitialServer, Intervention, MessageName, ScriptItem } from '../simulation/script.ts'
import { type Scenario, serversEver, type View } from './scenario.ts'

/** What the parts of a scenario get wrong about each other, in a sentence; `null` if nothing. */
export function contradiction(scenario: Scenario): string | null {
  const { servers, initial, script, view } = scenario
  return inInitial(initial, servers) ?? inScript(script, servers) ?? inView(view, serversEver(scenario))
}

function inInitial(initial: readonly InitialServer[] | null, servers: number): string | null {
  if (initial === null) return null
  if (initial.length !== servers)
    return `initial has the state of ${initial.length} servers, and the cluster has ${servers}.`
  for (const [i, server] of initial.entries()) {
    const wrong = inInitialServer(server, servers)
    if (wrong !== null) return `Initial state of S${i + 1}: ${wrong}.`
  }
  return latestTerm(initial) ?? sharedPlace(initial)
}

/** §5.2: an entry is of a term that had a leader, and so of one that a majority was in. */
function latestTerm(initial: readonly InitialServer[]): string | null {
  const latest = Math.max(0, ...initial.flatMap(({ log }) => log.map(({ term }) => term)))
  const reached = initial.filter(({ currentTerm }) => currentTerm >= latest).length
  if (reached > initial.length / 2) return null
  return (
    `Only ${reached} of ${initial.length} servers have reached term ${latest}, but a log has an entry of it: ` +
    'its leader would have needed the votes of a majority.'
  )
}

function inInitialServer({ currentTerm, votedFor, log }: InitialServer, servers: number): string | null {
  if (votedFor !== null && votedFor > servers) return missing(votedFor, servers)
  if (votedFor !== null && currentTerm === 0) return 'nobody can have voted in term 0'
  let last = 0
  for (const [i, { term }] of log.entries()) {
    if (term < last) return `entry ${i + 1} has term ${term}, but the entry before it has term ${last}`
    if (term > currentTerm) return `entry ${i + 1} has term ${term}, above currentTerm ${currentTerm}`
    last = term
  }
  return null
}

/**
 * The Log Matching Property (§5.3): where two logs have an entry of one index and term, they are the same up to there.
 * Comparing each entry and the term before it is enough, by induction.
 */
function sharedPlace(initial: readonly InitialServer[]): string | null {
  const seen = new Map<string, { readonly entry: string; readonly server: number }>()
  for (const [s, { log }] of initial.entries()) {
    let before = 0
    for (const [i, { term, command }] of log.entries()) {
      const entry = `${before} ${JSON.stringify(Object.entries(command).sort())}`
      const place = `${i + 1} ${term}`
      const other = seen.get(place)
      if (other === undefined) seen.set(place, { entry, server: s + 1 })
      else if (other.entry !== entry)
        return `The initial logs of S${other.server} and S${s + 1} both have an entry of term ${term} at index ${i + 1}, so they must be the same up to there (Log Matching, §5.3).`
      before = term
    }
  }
  return null
}

function inScript(script: readonly ScriptItem[], servers: number): string | null {
  let last = 0
  let known = servers
  for (const [i, { at, act }] of script.entries()) {
    // A change of members starts servers that do not exist yet.
    if (act.kind === 'ChangeMembers') known = Math.max(known, ...act.add)
    const wrong = at < last ? 'it comes before the line above it' : inAct(act, known)
    if (wrong !== null) return `Script line ${i + 1}: ${wrong}.`
    last = at
  }
  return null
}

function inAct(act: Intervention, servers: number): string | null {
  switch (act.kind) {
    case 'Crash':
    case 'Restart':
    case 'Pause':
    case 'Resume':
    case 'TimeOut':
    case 'Heartbeat':
    case 'SetClock':
    case 'SetDisk':
    case 'RestartWithout':
    case 'Isolate':
      return missing(act.server, servers)
    case 'Retry':
      return inPair(act.server, act.peer, servers)
    case 'Transfer':
      return inPair(act.server, act.to, servers)
    case 'ChangeMembers':
      return inChange(act, servers)
    case 'Cut':
    case 'Mend':
    case 'SetLink':
      return inPair(act.from, act.to, servers)
    case 'Partition':
      return inGroups(act.groups, servers)
    case 'Command':
      return act.server === null ? null : missing(act.server, servers)
    case 'Drop':
    case 'Delay':
    case 'Duplicate':
    case 'Deliver':
      return inMessage(act.message, servers)
    case 'Heal':
    case 'ClientTimeOut':
    case 'Change':
      return null
    default:
      return unreachable(act)
  }
}

function inChange(
  { add, remove }: Extract<Intervention, { kind: 'ChangeMembers' }>,
  servers: number,
): string | null {
  const all = [...add, ...remove]
  if (all.length === 0) return 'it changes no members'
  const twice = all.find((id, i) => all.indexOf(id) !== i)
  if (twice !== undefined) return `${nameOf(twice)} is in it twice`
  for (const id of remove) if (id > servers) return missing(id, servers)
  return null
}

function inPair(from: ServerId, to: ServerId, servers: number): string | null {
  if (from === to) return `it needs two servers, and ${nameOf(from)} is one`
  return missing(from, servers) ?? missing(to, servers)
}

function inGroups(groups: readonly (readonly ServerId[])[], servers: number): string | null {
  const seen = new Set<ServerId>()
  for (const server of groups.flat()) {
    if (seen.has(server)) return `${nameOf(server)} is in it twice`
    if (server > servers) return missing(server, servers)
    seen.add(server)
  }
  return null
}

function inMessage({ from, to }: MessageName, servers: number): string | null {
  for (const end of [from, to]) if (end <= MOST_SERVERS && end > servers) return missing(end, servers)
  return null
}

function inView({ selection }: View, servers: number): string | null {
  if (selection === null) return null
  const wrong =
    selection.kind === 'server' ? missing(selection.server, servers) : inMessage(selection.message, servers)
  return wrong === null ? null : `view.selection: ${wrong}.`
}

const missing = (server: number, servers: number): string | null =>
  server > servers ? `there is no S${server} in a cluster of ${servers}` : null
