import { surroundings } from '../../store/settings.ts'
import { SettingsSheet } from './SettingsSheet.tsx'

/** How fast the servers, the network and the clients are, and how much goes wrong. */
export function SettingsDialog() {
  return (
    <SettingsSheet which="settings" groups={surroundings} calm="Nothing here keeps a leader from staying." />
  )
}
