import { unreachable } from '../base/assert.ts'
import { heal, isolateOrHeal, pickServer, selectedServer, takeTool } from '../store/deeds.ts'
import { redo, undo } from '../store/edit.ts'
import { type KeyName, keyPressed } from '../store/keys.ts'
import { changeSpeed, goToEnd, goToStart, jump, stepEvent, togglePlay } from '../store/navigate.ts'
import { app, type Dialog, mirror, say } from '../store/state.ts'
import { goToStep } from '../store/walk.ts'

/** These lie beside the stage: they leave the keys to it. */
const BESIDE: readonly Dialog[] = ['settings', 'rules', 'find']

/** What a key does. What has the focus comes first: a field keeps its letters, a slider its arrows. */
export function onKey(event: KeyboardEvent): void {
  const { dialog } = app.getState()
  const isAlone = dialog !== null && !BESIDE.includes(dialog)
  if (event.defaultPrevented || isAlone) return
  if (isTyping(event) || isOwn(event)) return
  const name = keyPressed(event)
  if (name === null) return
  event.preventDefault()
  follow(name, event)
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches(
      'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable]',
    )
  )
}

/** Whether the focused control has a use of its own for a key. */
function isOwn({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (key === ' ' || key === 'Enter')
    return target.closest('button, a, summary, [role=button], [role=tab]') !== null
  const arrows = target.closest(
    '[role=slider], input[type=range], [role=tab], [role=grid], [data-own-arrows]',
  )
  return arrows !== null && /^(Arrow|Home|End|Page)/.test(key)
}

function follow(name: KeyName, { key }: KeyboardEvent): void {
  const selected = selectedServer()
  switch (name) {
    case 'play':
      return togglePlay()
    case 'next event':
      return stepEvent(1)
    case 'last event':
      return stepEvent(-1)
    case 'next beat':
      return beat(1)
    case 'last beat':
      return beat(-1)
    case 'slower':
      return changeSpeed(1)
    case 'faster':
      return changeSpeed(-1)
    case 'start':
      return goToStart()
    case 'end':
      return goToEnd(mirror.knownTo)
    case 'select':
      if (Number(key) <= (app.getState().frame?.servers.length ?? 0)) pickServer(Number(key))
      return
    case 'crash':
      return takeTool('crash')
    case 'time out':
      return takeTool('timeout')
    case 'isolate':
      return selected === null ? say('Select a server first.') : isolateOrHeal(selected)
    case 'select tool':
      return app.setState({ tool: 'select', groups: [] })
    case 'partition':
      return takeTool('partition')
    case 'members':
      return takeTool('members')
    case 'heal':
      return heal()
    case 'command':
      return app.setState({ tool: 'command' })
    case 'undo':
      return undo()
    case 'redo':
      return redo()
    case 'rules':
      return app.setState({ dialog: 'rules' })
    case 'find':
      return app.setState({ dialog: 'find' })
    case 'present':
      return app.setState(({ presenting }) => ({ presenting: !presenting }))
    case 'keys':
      return app.setState({ dialog: 'keys' })
    case 'leave':
      return leave()
    default:
      return unreachable(name)
  }
}

/** While the steps to what was broken are walked through, a clicker goes by these. */
function beat(by: 1 | -1): void {
  if (app.getState().walk === null) void jump('beat', by)
  else goToStep(by)
}

/** Leaves one thing at a time: the tool, then the selection, then present mode. */
function leave(): void {
  const { tool, selection } = app.getState()
  if (tool !== 'select') app.setState({ tool: 'select', groups: [] })
  else if (selection !== null) app.setState({ selection: null })
  else app.setState({ presenting: false })
}
