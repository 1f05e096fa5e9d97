import type { Selection } from '../../scenario/scenario.ts'
import type { MessageName } from '../../simulation/script.ts'

export function isSelected(selection: Selection | null, name: MessageName): boolean {
  return selection?.kind === 'message' && isSame(selection.message, name)
}

export const isSame = (a: MessageName, b: MessageName): boolean =>
  a.from === b.from && a.to === b.to && a.n === b.n && a.copy === b.copy
