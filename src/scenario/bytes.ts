/** Thrown while bytes are read that no writer of this format wrote. Caught where reading began. */
export class Unreadable extends Error {
  /** `newer` if a later version may have written it. */
  readonly why: 'newer' | 'broken'

  constructor(why: 'newer' | 'broken') {
    super(why)
    this.why = why
  }
}

/** Seven bits to a byte, the lowest first; the eighth says that more follow. Any whole number below 2⁵³ goes. */
export class ByteWriter {
  private readonly bytes: number[] = []

  byte(value: number): this {
    this.bytes.push(value & 0xff)
    return this
  }

  varint(value: number): this {
    let rest = value
    while (rest >= 0x80) {
      this.bytes.push((rest % 0x80) + 0x80)
      rest = Math.floor(rest / 0x80)
    }
    this.bytes.push(rest)
    return this
  }

  uint32(value: number): this {
    return this.byte(value)
      .byte(value >>> 8)
      .byte(value >>> 16)
      .byte(value >>> 24)
  }

  /** A time: most are whole milliseconds, and those are written as such. */
  time(value: number): this {
    return this.varint(value % 1000 === 0 ? (value / 1000) * 2 : value * 2 + 1)
  }

  /** By code points, so plain letters take a byte each. */
  text(value: string): this {
    const points = Array.from(value, (character) => character.codePointAt(0) as number)
    this.varint(points.length)
    for (const point of points) this.varint(point)
    return this
  }

  done(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.bytes)
  }
}

export class ByteReader {
  private readonly bytes: Uint8Array
  private place: number

  constructor(bytes: Uint8Array, place = 0) {
    this.bytes = bytes
    this.place = place
  }

  get atEnd(): boolean {
    return this.place >= this.bytes.length
  }

  /** All that was not read yet. */
  rest(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(this.place)
  }

  byte(): number {
    const value = this.bytes[this.place++]
    if (value === undefined) throw new Unreadable('broken')
    return value
  }

  varint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable('broken')
      if (byte < 0x80) return value
      scale *= 0x80
    }
  }

  uint32(): number {
    const low = this.byte() | (this.byte() << 8) | (this.byte() << 16)
    return (low | (this.byte() << 24)) >>> 0
  }

  time(): number {
    const value = this.varint()
    return value % 2 === 0 ? (value / 2) * 1000 : (value - 1) / 2
  }

  text(): string {
    const length = this.varint()
    let value = ''
    for (let i = 0; i < length; i++) {
      const point = this.varint()
      if (point > 0x10ffff) throw new Unreadable('broken')
      value += String.fromCodePoint(point)
    }
    return value
  }
}
