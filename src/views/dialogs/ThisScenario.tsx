import { Download, FolderOpen } from 'lucide-react'
import { useId, useState } from 'react'
import { LONGEST_NAME } from '../../scenario/scenario.ts'
import { rename } from '../../store/edit.ts'
import { chooseFile, saveToFile } from '../../store/files.ts'
import { cleanName } from '../../store/names.ts'
import { useApp } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'
import { closeDialog } from './DialogFrame.tsx'

/** The scenario that is open: its name, and the ways into a file and out of one. */
export function ThisScenario() {
  const id = useId()
  const name = useApp(({ scenario }) => scenario.name)
  /** What is being typed; `null` while nothing is. */
  const [text, setText] = useState<string | null>(null)
  const commit = () => {
    if (text !== null) rename(cleanName(text))
    setText(null)
  }
  return (
    <section className="own-part" aria-label="This scenario">
      <h3>This scenario</h3>
      <label htmlFor={id}>Name</label>
      <input
        id={id}
        className="field"
        maxLength={LONGEST_NAME}
        autoComplete="off"
        placeholder="Unnamed"
        value={text ?? name}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
      <div className="own-row">
        <Button onClick={() => void saveToFile()}>
          <Download aria-hidden="true" /> Save to file
        </Button>
        <Button onClick={() => chooseFile(closeDialog)}>
          <FolderOpen aria-hidden="true" /> Open file…
        </Button>
      </div>
    </section>
  )
}
