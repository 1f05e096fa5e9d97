import { rules } from '../../store/settings.ts'
import { SettingsSheet } from './SettingsSheet.tsx'

/** Which rules of the paper and the dissertation hold, beyond §5. */
export function RulesDialog() {
  return <SettingsSheet which="rules" groups={rules} calm="Nothing here breaks what Raft promises." />
}
