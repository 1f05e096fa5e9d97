import { openAnother } from './current.ts'
import { loaded } from './loaded.ts'
import { settledScenario } from './moment.ts'
import { fileName } from './names.ts'
import { app, say } from './state.ts'

/** Saves what is on the screen as a file. */
export async function saveToFile(): Promise<void> {
  const scenario = await settledScenario()
  const format = await loaded(import('../scenario/file.ts'))
  if (format === null) return
  const { FILE_EXTENSION, toFile } = format
  const name = fileName(scenario.name) + FILE_EXTENSION
  const address = URL.createObjectURL(new Blob([toFile(scenario)], { type: 'application/json' }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
  say(`Saved as ${name}`)
}

/** Opens a file, or says why not. */
export async function openFile(file: Pick<File, 'size' | 'text'>): Promise<boolean> {
  const format = await loaded(import('../scenario/file.ts'))
  if (format === null) return false
  if (file.size > format.LONGEST_FILE) {
    const [size, most] = [(file.size / 1e6).toFixed(1), format.LONGEST_FILE / 1e6]
    say(`This file is too large for a scenario: ${size} MB, and at most ${most} MB are read.`, 'bad')
    return false
  }
  const text = await file.text().catch(() => null)
  const checked = text === null ? null : format.fromFile(text)
  if (checked?.ok === true) {
    // Whoever saved it means this moment.
    if (checked.scenario.view.at > 0) app.setState({ playing: false })
    void openAnother(checked.scenario)
  } else say(checked?.sentence ?? 'This file could not be read.', 'bad')
  return checked?.ok === true
}

/** Lets the viewer choose a file and opens it. `opened` is called if that went well. */
export function chooseFile(opened: () => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  input.onchange = async () => {
    const file = input.files?.[0]
    if (file !== undefined && (await openFile(file))) opened()
  }
  input.click()
}
