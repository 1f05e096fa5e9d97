import type { Fact } from '../simulation/facts.ts'
import { isLater } from './later.ts'
import type { Sentence } from './sentence.ts'
import { tellFirst } from './tell-first.ts'
import { tellLater } from './tell-later.ts'

/** The sentence for any fact: what happened, why, and where the paper says so. */
export const tell = (fact: Fact): Sentence => (isLater(fact) ? tellLater(fact) : tellFirst(fact))
