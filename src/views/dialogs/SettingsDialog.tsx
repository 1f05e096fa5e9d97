import { surroundings } from '../../store/settings.ts'
import { SettingsSheet } from './SettingsSheet.tsx'

/** How fast the servers, the network and the clients are, and how much goes wrong. */
export function SettingsDialog() {
  return (
    <SettingsSheet
      which="settings"
      groups={surroundings}
      calm="With these settings a leader can stay in office."
    />
  )
}
