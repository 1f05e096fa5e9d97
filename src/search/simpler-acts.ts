import type { ServerId } from '../base/ids.ts'
import type { Intervention, Setup } from '../simulation/script.ts'

/** Puts something in the place of an intervention that is easier to follow. */
export function* simplerActs(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  for (let i = 0; i < best.script.length; i++) {
    const item = best.script[i]
    for (const act of item === undefined ? [] : simplerThan(item.act)) {
      const script = best.script.map((other, at) =>
        at === i && item !== undefined ? { ...item, act } : other,
      )
      const accepted: Setup | null = yield { ...best, script }
      if (accepted === null) continue
      best = accepted
      break
    }
  }
}

function simplerThan(act: Intervention): Intervention[] {
  switch (act.kind) {
    case 'Partition': {
      const alone = act.groups.find((group) => group.length === 1)
      const server: ServerId | undefined = alone?.[0]
      return server === undefined ? [] : [{ kind: 'Isolate', server }]
    }
    case 'ChangeMembers': {
      const { kind, add, remove } = act
      if (add.length + remove.length < 2) return []
      const fewerAdded = add.map((one) => ({ kind, add: add.filter((id) => id !== one), remove }))
      const fewerRemoved = remove.map((one) => ({ kind, add, remove: remove.filter((id) => id !== one) }))
      return [...fewerAdded, ...fewerRemoved]
    }
    case 'Delay':
      return act.by % 50_000 === 0 ? [{ kind: 'Drop', message: act.message }] : []
    case 'Command':
      if (act.command.key === 'x') return []
      return [{ ...act, command: { ...act.command, key: 'x' } }]
    default:
      return []
  }
}
