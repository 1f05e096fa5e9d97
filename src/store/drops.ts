import { loaded } from './loaded.ts'

/** Opens files that are dropped onto the page; `hover` is told whether one is above it. Returns how to end that. */
export function acceptDrops(hover: (above: boolean) => void): () => void {
  const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true
  const over = (event: DragEvent) => {
    if (!holdsFile(event)) return
    event.preventDefault()
    hover(true)
  }
  const leave = (event: DragEvent) => {
    // Nothing related: the pointer has left the window, not just one element for another.
    if (event.relatedTarget === null) hover(false)
  }
  const drop = (event: DragEvent) => {
    if (!holdsFile(event)) return
    event.preventDefault()
    hover(false)
    const file = event.dataTransfer?.files[0]
    if (file !== undefined) void open(file)
  }
  addEventListener('dragover', over)
  addEventListener('dragleave', leave)
  addEventListener('drop', drop)
  return () => {
    removeEventListener('dragover', over)
    removeEventListener('dragleave', leave)
    removeEventListener('drop', drop)
  }
}

async function open(file: File): Promise<void> {
  const files = await loaded(import('./files.ts'))
  await files?.openFile(file)
}
