import { useEffect } from 'react'
import { loaded } from '../store/loaded.ts'
import { titleOf } from '../store/names.ts'
import { app, useApp } from '../store/state.ts'

/** Nobody presses a key sooner, and if they do it comes then. */
const KEYS_AFTER_MS = 1000

let part: Promise<typeof import('./on-key.ts') | null> | null = null
let keys: typeof import('./on-key.ts') | null = null

async function prepareKeys(): Promise<void> {
  part ??= loaded(import('./on-key.ts'))
  keys = await part
}

/** The whole page by keyboard. What keys do is a part of its own, which the first view does without. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (keys === null) void prepareKeys().then(() => keys?.onKey(event))
      else keys.onKey(event)
    }
    const timer = setTimeout(prepareKeys, KEYS_AFTER_MS)
    window.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKey)
    }
  }, [])
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
    document.title = `${titleOf(name)} — Whitewater`
  }, [name])
}
