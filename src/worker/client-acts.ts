import type { Scenario } from '../scenario/scenario.ts'

/** Whether clients send commands on the store in a scenario, so that there is something to judge about what they see. */
export function clientsAct({ settings, script }: Scenario): boolean {
  if (settings.clientRate > 0) return true
  return script.some(
    ({ act }) => act.kind === 'Command' || (act.kind === 'Change' && act.settings.clientRate),
  )
}
