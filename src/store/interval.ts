/** The 97.5 % point of the normal distribution: an interval with 95 % confidence. */
const Z = 1.96

/** The share of which `hits` of `tried` is a sample, as far as that tells (Wilson's score interval). */
export function intervalOf(hits: number, tried: number): { readonly low: number; readonly high: number } {
  if (tried === 0) return { low: 0, high: 1 }
  const share = hits / tried
  const z = (Z * Z) / tried
  const middle = (share + z / 2) / (1 + z)
  const reach = (Z * Math.sqrt((share * (1 - share)) / tried + z / (4 * tried))) / (1 + z)
  return { low: hits === 0 ? 0 : middle - reach, high: hits === tried ? 1 : middle + reach }
}
