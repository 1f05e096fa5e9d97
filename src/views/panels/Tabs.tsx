import { type KeyboardEvent, memo, type ReactNode, useLayoutEffect, useRef } from 'react'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly label: string
  /** Where there is little room. */
  readonly short?: string
  /** Something there wants to be looked at. */
  readonly alarm?: string | undefined
}

export interface TabsProps<Id extends string> {
  readonly name: string
  readonly tabs: readonly Tab<Id>[]
  readonly open: Id
  readonly onOpen: (id: Id) => void
}

/** A row of tabs: one stop of the Tab key, arrow keys between them (WAI-ARIA, tabs with automatic activation). */
export function TabList<Id extends string>({ name, tabs, open, onOpen }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => reveal(list.current, tabId(open)), [open])
  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(
      event.key,
      tabs.findIndex(({ id }) => id === open),
      tabs.length,
    )
    const tab = to === null ? undefined : tabs[to]
    if (tab === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onOpen(tab.id)
    document.getElementById(tabId(tab.id))?.focus()
  }
  return (
    <div ref={list} className="tabs" role="tablist" aria-label={name} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label, short, alarm }) => (
        <button
          key={id}
          id={tabId(id)}
          type="button"
          role="tab"
          className="tabs-tab"
          aria-selected={id === open}
          aria-controls={panelId(id)}
          tabIndex={id === open ? 0 : -1}
          onClick={() => onOpen(id)}
        >
          {short === undefined ? label : <Label label={label} short={short} />}
          {alarm !== undefined && (
            <span className="tabs-alarm" title={alarm}>
              <span aria-hidden="true">!</span>
              <span className="unseen">{alarm}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}

function Label({ label, short }: { label: string; short: string }) {
  return (
    <>
      <span className="tabs-label">{label}</span>
      <span className="tabs-short" aria-hidden="true">
        {short}
      </span>
    </>
  )
}

/** What an open tab shows. */
export const TabPanel = memo(function TabPanel({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={panelId(id)} className="tabs-panel" role="tabpanel" aria-labelledby={tabId(id)}>
      {children}
    </div>
  )
})

const tabId = (id: string): string => `tab-${id}`
const panelId = (id: string): string => `panel-${id}`

function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowLeft':
      return (at + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** On a phone the row scrolls: the open tab is brought into it without moving the page. */
function reveal(list: HTMLElement | null, id: string): void {
  const tab = document.getElementById(id)
  if (list === null || tab === null) return
  const [left, right] = [tab.offsetLeft - 24, tab.offsetLeft + tab.offsetWidth + 24]
  if (left < list.scrollLeft) list.scrollLeft = left
  else if (right > list.scrollLeft + list.clientWidth) list.scrollLeft = right - list.clientWidth
}
