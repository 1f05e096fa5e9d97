import { unsafeRules } from '../scenario/unsafe.ts'
import type { Settings } from '../simulation/settings.ts'

/** The rules that break what Raft promises, as these settings have them. */
export const unsafeIn = (settings: Settings): readonly (keyof Settings)[] => unsafeRules(settings)
