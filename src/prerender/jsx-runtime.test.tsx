import type { ReactElement, ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { fresh } from '../scenario/fresh.ts'
import { firstFrame } from '../store/first-frame.ts'
import { Cluster } from '../views/stage/Cluster.tsx'
import { insetsOf, layOut } from '../views/stage/geometry.ts'
import { jsx, markupOf } from './jsx-runtime.ts'

/** Writes React's own elements by the runtime under test. */
function written(node: ReactNode): unknown {
  if (Array.isArray(node)) return node.map(written)
  if (node === null || typeof node !== 'object' || !('props' in node)) return node
  const { type, props } = node as ReactElement<Record<string, unknown> & { children?: ReactNode }>
  if (typeof type === 'string') return jsx(type, { ...props, children: written(props.children) })
  // A component, or one in memo().
  const draw = (typeof type === 'object' ? (type as { type: unknown }).type : type) as (
    it: unknown,
  ) => ReactNode
  return written(draw(props))
}

test('the first picture is written as React writes it, which then takes it over', () => {
  for (const [servers, width] of [
    [5, 900],
    [9, 390],
  ] as const) {
    const picture = Cluster({
      layout: layOut(servers, width, 600, insetsOf(width, false)),
      words: 10,
      servers: firstFrame({ ...fresh, servers }).servers,
      cuts: [],
      selection: null,
      groups: [],
      onPick: () => undefined,
    })
    expect(markupOf(written(picture))).toBe(renderToStaticMarkup(picture))
  }
})

test('text cannot become markup', () => {
  const element = jsx('a', { title: '"><b>', children: ['<i>', 7, null, false] })
  expect(markupOf(element)).toBe('<a title="&#34;&#62;&#60;b&#62;">&#60;i&#62;7</a>')
})
