import { unreachable } from '../base/assert.ts'
import { type ServerId, serverId } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { Frame, ServerFrame } from '../worker/protocol.ts'
import { act } from './edit.ts'
import { app, say, type Tool } from './state.ts'

/** What the page's buttons and keys do to servers: each is one intervention. */

function serverOf(frame: Frame | null, id: number): ServerFrame | undefined {
  return frame?.servers[id - 1]
}

export function selectedServer(): ServerId | null {
  const { selection } = app.getState()
  return selection?.kind === 'server' ? selection.server : null
}

export function select(id: number | null): void {
  app.setState({ selection: id === null ? null : { kind: 'server', server: serverId(id) } })
}

export function crashOrRestart(id: number): void {
  const server = serverOf(app.getState().frame, id)
  if (server === undefined) return
  act({ kind: server.state === 'down' ? 'Restart' : 'Crash', server: server.id })
}

export function pauseOrResume(id: number): void {
  const server = serverOf(app.getState().frame, id)
  if (server === undefined || server.state === 'down') return
  act({ kind: server.state === 'paused' ? 'Resume' : 'Pause', server: server.id })
}

/** Why a server's election timer cannot be made to run out; `null` if it can. */
export function whyNoTimeout(server: ServerFrame): string | null {
  if (server.state === 'down') return `S${server.id} is down.`
  if (server.state === 'paused') return `S${server.id} is paused.`
  return server.role === 'leader' ? `S${server.id} leads, and a leader has no election timer.` : null
}

export function timeOut(id: number): void {
  const server = serverOf(app.getState().frame, id)
  if (server === undefined) return
  const why = whyNoTimeout(server)
  if (why === null) act({ kind: 'TimeOut', server: server.id })
  else say(why)
}

/** Whether every link of a server is cut, both ways. */
export function isIsolated(frame: Frame, id: number): boolean {
  const others = frame.servers.length - 1
  return others > 0 && frame.cuts.filter(([from, to]) => from === id || to === id).length === 2 * others
}

export function isolateOrHeal(id: number): void {
  const { frame } = app.getState()
  if (frame === null) return
  if (isIsolated(frame, id)) heal()
  else act({ kind: 'Isolate', server: serverId(id) })
}

export function heal(): void {
  if (app.getState().frame?.cuts.length === 0) say('No link is cut.')
  else act({ kind: 'Heal' })
}

export function send(command: Command, to: ServerId | null): void {
  act({ kind: 'Command', server: to, command })
}

// ── Tools ──

/** Takes up a tool. Crash and time out act at once if a server is selected. */
export function takeTool(tool: Tool): void {
  const { frame, tool: current } = app.getState()
  const selected = selectedServer()
  if (selected !== null && tool === 'crash') return crashOrRestart(selected)
  if (selected !== null && tool === 'timeout') return timeOut(selected)
  if (tool === current) return app.setState({ tool: 'select', groups: [] })
  const groups = tool === 'partition' && frame !== null ? frame.servers.map(() => 0) : []
  app.setState({ tool, groups })
}

/** A click on a server, with whatever tool is in hand. */
export function pickServer(id: number): void {
  const { tool, selection, groups, panel } = app.getState()
  switch (tool) {
    case 'crash':
      return crashOrRestart(id)
    case 'timeout':
      return timeOut(id)
    case 'partition':
      return app.setState(({ frame }) => ({ groups: turned(groups, id, frame?.servers.length ?? 0) }))
    case 'select':
    case 'command':
    case 'members': {
      const again = selection?.kind === 'server' && selection.server === id
      if (again) return app.setState({ selection: null, panel: panel === 'server' ? 'happened' : panel })
      return app.setState({ selection: { kind: 'server', server: serverId(id) }, panel: 'server' })
    }
    default:
      return unreachable(tool)
  }
}

/** Puts a server into the next group. Servers that have been added since are in the first. */
function turned(groups: readonly number[], id: number, servers: number): number[] {
  const all = Array.from({ length: servers }, (_, i) => groups[i] ?? 0)
  return all.map((group, i) => (i === id - 1 ? (group + 1) % 3 : group))
}

/** The partition that the chosen groups make; `null` while all are in one. */
export function chosenGroups(groups: readonly number[]): readonly (readonly ServerId[])[] | null {
  const sides = [0, 1, 2].map((n) => groups.flatMap((group, i) => (group === n ? [serverId(i + 1)] : [])))
  const filled = sides.filter((side) => side.length > 0)
  return filled.length > 1 ? filled : null
}

export function applyPartition(): void {
  const groups = chosenGroups(app.getState().groups)
  if (groups === null) return say('Click the servers of one side first.')
  act({ kind: 'Partition', groups })
  app.setState({ tool: 'select', groups: [] })
}
