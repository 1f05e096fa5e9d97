import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { fromBase64url, toBase64url } from './base64url.ts'
import { ByteReader, ByteWriter, Unreadable } from './bytes.ts'
import { crc32 } from './crc.ts'
import { deflate, inflate } from './deflate.ts'

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('bytes', () => {
  it.each([
    [0, 1],
    [127, 1],
    [128, 2],
    [16_383, 2],
    [16_384, 3],
    [0xffff_ffff, 5],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('%i as a varint takes %i', (value, length) => {
    const bytes = new ByteWriter().varint(value).done()
    expect([bytes.length, new ByteReader(bytes).varint()]).toEqual([length, value])
  })

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.maxSafeNat(), fc.string({ unit: 'grapheme' }), (word, n, text) => {
        const time = n % 1e12
        const bytes = new ByteWriter().uint32(word).varint(n).time(time).text(text).done()
        const from = new ByteReader(bytes)
        expect([from.uint32(), from.varint(), from.time(), from.text()]).toEqual([word, n, time, text])
        expect(from.atEnd).toBe(true)
      }),
    )
  })

  it.each([[[]], [[255]], [[255, 255, 255, 255, 255, 255, 255, 255, 127]]])('%j is no varint', (bytes) => {
    expect(() => new ByteReader(Uint8Array.from(bytes)).varint()).toThrow(Unreadable)
  })
})

describe('base64url', () => {
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
    ['\xfb\xff\xbf', '-_-_'],
  ])('%j is %s (RFC 4648 §10)', (plain, coded) => {
    expect(toBase64url(ascii(plain))).toBe(coded)
    expect(fromBase64url(coded)).toEqual({ bytes: ascii(plain), whole: true })
  })

  it.each(['Zh', 'Zm9', 'Z', 'Zm9vY'])('%s is not whole', (coded) => {
    expect(fromBase64url(coded)?.whole).toBe(false)
  })

  it.each(['Zg==', 'Zm 9', 'Zm+v'])('%s is none', (coded) => {
    expect(fromBase64url(coded)).toBeNull()
  })
})

test('CRC-32 of the usual check text', () => {
  expect(crc32(ascii('123456789'))).toBe(0xcbf43926)
  expect(crc32(ascii('6789'), crc32(ascii('12345')))).toBe(0xcbf43926)
})

describe('deflate', () => {
  it('is undone by inflate', async () => {
    const bytes = ascii('the same again and the same again and the same again')
    const small = await deflate(bytes)
    expect(small?.length).toBeLessThan(bytes.length)
    expect(await inflate(small as Uint8Array, 100)).toEqual(bytes)
  })

  it('is not undone past the limit, nor where it is broken', async () => {
    const small = (await deflate(new Uint8Array(1000))) as Uint8Array
    expect(await inflate(small, 1000)).toHaveLength(1000)
    expect(await inflate(small, 999)).toBeNull()
    expect(await inflate(small.slice(0, -1), 1000)).toBeNull()
    expect(await inflate(Uint8Array.of(7, 7, 7), 1000)).toBeNull()
  })
})
