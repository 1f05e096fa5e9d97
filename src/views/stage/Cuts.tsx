import { heal } from '../../store/deeds.ts'
import { useApp } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'

/** While links are cut: how many, and the way back. */
export function Cuts() {
  const text = useApp(({ frame }) => (frame === null ? '' : cutsText(frame)))
  if (text === '') return null
  return (
    <span className="chip cuts">
      {text}
      <button type="button" onClick={heal} title="Heal all links (H)">
        Heal all
      </button>
    </span>
  )
}

/** "6 links cut", "1 link cut one way", or "6 links cut, 1 one way". */
function cutsText({ cuts }: Frame): string {
  const backwards = new Set(cuts.map(([from, to]) => `${to}>${from}`))
  const oneWay = cuts.filter(([from, to]) => !backwards.has(`${from}>${to}`)).length
  const both = (cuts.length - oneWay) / 2
  const links = (count: number) => `${count} ${count === 1 ? 'link' : 'links'} cut`
  if (oneWay === 0) return both === 0 ? '' : links(both)
  return both === 0 ? `${links(oneWay)} one way` : `${links(both)}, ${oneWay} one way`
}
