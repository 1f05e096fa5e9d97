/** RFC 4648 §5, without padding: text that needs no escaping in a link. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character, value]))

export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  let pending = 0
  let bits = 0
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0x3fff
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += ALPHABET[(pending >> bits) & 63]
    }
  }
  return bits === 0 ? text : text + ALPHABET[(pending << (6 - bits)) & 63]
}

/** The whole bytes of a text, and whether that is all there is to it: a cut text may end amid a byte. */
export function fromBase64url(text: string): { bytes: Uint8Array<ArrayBuffer>; whole: boolean } | null {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let pending = 0
  let bits = 0
  let length = 0
  for (const character of text) {
    const value = VALUES.get(character)
    if (value === undefined) return null
    pending = ((pending << 6) | value) & 0x3fff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = (pending >> bits) & 0xff
  }
  return { bytes, whole: bits < 6 && (pending & ((1 << bits) - 1)) === 0 }
}
