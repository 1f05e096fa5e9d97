const POLYNOMIAL = 0xedb88320

/** CRC-32 as in gzip (ISO 3309), after whatever gave `before`. It finds every change within 32 bits in a row. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  }
  return ~crc >>> 0
}
