import { isServer, type ServerId, serverId } from '../base/ids.ts'
import type { Intervention, MessageName, ScriptItem, Setup } from '../simulation/script.ts'
import type { Settings } from '../simulation/settings.ts'

/** Puts settings back to what they are meant to be: all of them, then one by one. */
export function* plainSettings(setup: Setup, plain: Settings): Generator<Setup, void, Setup | null> {
  const all: Setup | null = yield { ...setup, settings: plain }
  if (all !== null) return
  let best = setup
  for (const key of Object.keys(plain) as (keyof Settings)[]) {
    if (best.settings[key] === plain[key]) continue
    const accepted: Setup | null = yield { ...best, settings: { ...best.settings, [key]: plain[key] } }
    if (accepted !== null) best = accepted
  }
}

/** Leaves servers out, and with each all that is done to it; those behind it move up. */
export function* fewerServers(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  for (let gone = best.servers; gone >= 1 && best.servers > 1; gone--) {
    const script = best.script.flatMap((item) => withoutServer(item, gone))
    const accepted: Setup | null = yield { ...best, servers: best.servers - 1, script }
    if (accepted !== null) best = accepted
  }
}

function withoutServer(item: ScriptItem, gone: number): ScriptItem[] {
  const act = actWithout(item.act, gone)
  return act === null ? [] : [{ ...item, act }]
}

/** The same, where servers behind the one that is gone have moved up; `null` if it is about that one. */
function actWithout(act: Intervention, gone: number): Intervention | null {
  const is = (server: number) => server === gone
  const some = (servers: readonly ServerId[]) =>
    servers.filter((id) => !is(id)).map((id) => movedUp(id, gone))
  switch (act.kind) {
    case 'Partition':
      return { ...act, groups: act.groups.map(some).filter((group) => group.length > 0) }
    case 'ChangeMembers': {
      const changed = { ...act, add: some(act.add), remove: some(act.remove) }
      return changed.add.length + changed.remove.length === 0 ? null : changed
    }
    case 'Drop':
    case 'Delay':
    case 'Duplicate':
    case 'Deliver':
      if (is(act.message.from) || is(act.message.to)) return null
      return { ...act, message: nameWithout(act.message, gone) }
    case 'Cut':
    case 'Mend':
    case 'SetLink':
      if (is(act.from) || is(act.to)) return null
      return { ...act, from: movedUp(act.from, gone), to: movedUp(act.to, gone) }
    case 'Transfer':
      if (is(act.server) || is(act.to)) return null
      return { ...act, server: movedUp(act.server, gone), to: movedUp(act.to, gone) }
    case 'Command':
      if (act.server === null) return act
      return is(act.server) ? null : { ...act, server: movedUp(act.server, gone) }
    case 'Retry':
      if (is(act.server) || is(act.peer)) return null
      return { ...act, server: movedUp(act.server, gone), peer: movedUp(act.peer, gone) }
    case 'Heal':
    case 'Change':
    case 'ClientTimeOut':
      return act
    default:
      return is(act.server) ? null : { ...act, server: movedUp(act.server, gone) }
  }
}

function movedUp<Id extends number>(id: Id, gone: number): Id {
  return (isServer(serverId(id)) && id > gone ? id - 1 : id) as Id
}

const nameWithout = (name: MessageName, gone: number): MessageName => ({
  ...name,
  from: movedUp(name.from, gone),
  to: movedUp(name.to, gone),
})
