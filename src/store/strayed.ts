import { ENGINE, type Scenario } from '../scenario/scenario.ts'

/**
 * What to tell somebody whose link was made from another history than this engine gives, which shows in the state
 * hashes at the moment it names; `null` if all is well. A hash that is not known is `null`.
 */
export function strayedText(
  { engine, view }: Scenario,
  there: number | null,
  here: number | null,
): string | null {
  const known = there !== null && here !== null
  if (known ? there === here : engine === ENGINE) return null
  const at = `${view.at / 1000} ms`
  const older = `the link was made with an older engine (${engine}; this is ${ENGINE})`
  if (!known) return `This scenario may replay differently here: ${older}.`
  const differs = `This scenario replays differently here: by ${at} its history is not the one the link was made from`
  return engine < ENGINE ? `${differs}, since ${older}.` : `${differs}.`
}
