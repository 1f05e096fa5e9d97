/** A running 32-bit hash over whole numbers and strings (FNV-1a over 32-bit words, finished by a mix). */
export class Hash {
  private h = 0x811c9dc5

  /** Takes any whole number up to 2⁵³; `null` and `Infinity` count as values of their own. */
  number(value: number | null): this {
    if (value === null) return this.word(0x6e756c6c)
    if (value === Infinity) return this.word(0x696e66)
    this.word(value | 0)
    return this.word(Math.trunc(value / 4294967296) | 0)
  }

  string(value: string): this {
    this.word(value.length)
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i))
    return this
  }

  boolean(value: boolean): this {
    return this.word(value ? 1 : 2)
  }

  /** The hash so far, 0 to 2³² − 1. */
  value(): number {
    let h = this.h
    h ^= h >>> 16
    h = Math.imul(h, 0x7feb352d)
    h ^= h >>> 15
    return h >>> 0
  }

  private word(value: number): this {
    this.h = Math.imul(this.h ^ value, 0x01000193)
    this.h ^= this.h >>> 13
    return this
  }
}
