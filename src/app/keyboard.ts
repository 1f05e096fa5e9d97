import { useEffect } from 'react'
import {
  crashOrRestart,
  heal,
  isolateOrHeal,
  pickServer,
  selectedServer,
  takeTool,
  timeOut,
} from '../store/deeds.ts'
import { redo, undo } from '../store/edit.ts'
import { changeSpeed, goToEnd, goToStart, jump, stepEvent, togglePlay } from '../store/navigate.ts'
import { app, mirror, useApp } from '../store/state.ts'

/** The whole page by keyboard. What has the focus comes first: a field keeps its letters, a slider its arrows. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || app.getState().dialog !== null || isTyping(event)) return
      const done = event.ctrlKey || event.metaKey ? onCommandKey(event) : !event.altKey && onPlainKey(event)
      if (done) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=range]), textarea, select, [contenteditable]')
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

function onCommandKey(event: KeyboardEvent): boolean {
  switch (event.key.toLowerCase()) {
    case 'z':
      if (event.shiftKey) redo()
      else undo()
      return true
    case 'y':
      redo()
      return true
    default:
      return false
  }
}

function onPlainKey(event: KeyboardEvent): boolean {
  if (isOwn(event)) return false
  const { key, shiftKey } = event
  if (/^[1-9]$/.test(key)) {
    if (Number(key) <= app.getState().scenario.servers) pickServer(Number(key))
    return true
  }
  switch (key) {
    case ' ':
      togglePlay()
      return true
    case 'ArrowRight':
    case 'ArrowLeft': {
      const by = key === 'ArrowRight' ? 1 : -1
      if (shiftKey) void jump('beat', by)
      else stepEvent(by)
      return true
    }
    case 'PageDown':
      void jump('beat', 1)
      return true
    case 'PageUp':
      void jump('beat', -1)
      return true
    case 'Home':
      goToStart()
      return true
    case 'End':
      goToEnd(mirror.knownTo)
      return true
    case '[':
      changeSpeed(1)
      return true
    case ']':
      changeSpeed(-1)
      return true
    case '?':
      app.setState({ dialog: 'keys' })
      return true
    case 'Enter':
      app.setState({ tool: 'command' })
      return true
    case 'Escape':
      stepOut()
      return true
    default:
      return onLetter(key.toLowerCase())
  }
}

function onLetter(letter: string): boolean {
  const selected = selectedServer()
  switch (letter) {
    case 'v':
      app.setState({ tool: 'select', groups: [] })
      return true
    case 'x':
      if (selected === null) takeTool('crash')
      else crashOrRestart(selected)
      return true
    case 't':
      if (selected === null) takeTool('timeout')
      else timeOut(selected)
      return true
    case 'i':
      if (selected !== null) isolateOrHeal(selected)
      return true
    case 'h':
      heal()
      return true
    case 'c':
      takeTool('partition')
      return true
    case 'p':
      app.setState(({ presenting }) => ({ presenting: !presenting }))
      return true
    default:
      return false
  }
}

/** Leaves one thing at a time: the tool, then the selection, then present mode. */
function stepOut(): void {
  const { tool, selection } = app.getState()
  if (tool !== 'select') app.setState({ tool: 'select', groups: [] })
  else if (selection !== null) app.setState({ selection: null })
  else app.setState({ presenting: false })
}

/** Present mode fills the screen; leaving full screen leaves it. */
export function useFullScreen(): void {
  const presenting = useApp((state) => state.presenting)
  useEffect(() => {
    if (presenting) {
      // Where the browser refuses, present mode still fills the window.
      document.documentElement.requestFullscreen?.().catch(() => undefined)
    } else if (document.fullscreenElement !== null) {
      document.exitFullscreen().catch(() => undefined)
    }
  }, [presenting])
  useEffect(() => {
    const onChange = () => {
      if (document.fullscreenElement === null) app.setState({ presenting: false })
    }
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [])
}

export function useDocumentTitle(): void {
  const name = useApp(({ scenario }) => scenario.name)
  useEffect(() => {
    document.title = `${name} — Whitewater`
  }, [name])
}
