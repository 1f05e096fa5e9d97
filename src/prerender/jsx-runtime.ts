/**
 * What JSX comes to in the script that draws the first picture (picture.tsx): text, for components without state. They
 * are React's own components, and the text is what React takes over; React itself would come too late.
 */

type Props = Readonly<Record<string, unknown>>
type Component = (props: Props) => unknown

/** An element, already written. */
class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export function jsx(type: string | Component, props: Props): unknown {
  if (typeof type !== 'string') return type(props)
  const { children, ...attributes } = props
  const written = Object.entries(attributes).map(([name, value]) => attribute(name, value))
  return new Markup(`<${type}${written.join('')}>${markupOf(children)}</${type}>`)
}

export const jsxs = jsx

export const Fragment = ({ children }: Props): unknown => children

/** React's, for components that are drawn only once. */
export const memo = <T>(component: T): T => component

/** What an element or any other child of one comes to. */
export function markupOf(child: unknown): string {
  if (child instanceof Markup) return child.text
  if (Array.isArray(child)) return child.map(markupOf).join('')
  return typeof child === 'string' || typeof child === 'number' ? escaped(String(child)) : ''
}

function attribute(name: string, value: unknown): string {
  if (value === undefined || value === null || typeof value === 'function') return ''
  const text = typeof value === 'object' ? styleText(value) : String(value)
  return text === '' ? '' : ` ${NAMES[name] ?? dashed(name)}="${escaped(text)}"`
}

/** Those that are not simply dashed, as `strokeWidth` is. */
const NAMES: Readonly<Record<string, string>> = { className: 'class', tabIndex: 'tabindex' }

/** Numbers are lengths, as in React. */
const styleText = (style: object): string =>
  Object.entries(style)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${dashed(name)}:${typeof value === 'number' ? `${value}px` : value}`)
    .join(';')

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
