import { assert } from '../base/assert.ts'
import { type ByteReader, type ByteWriter, Unreadable } from './bytes.ts'

/** How one kind of value is put into bytes. What is read is not checked yet, so it is of no type. */
export interface Codec<T> {
  write(to: ByteWriter, value: T): void
  read(from: ByteReader): unknown
}

export const number: Codec<number> = {
  write: (to, value) => to.varint(value),
  read: (from) => from.varint(),
}

export const time: Codec<number> = { write: (to, value) => to.time(value), read: (from) => from.time() }

export const text: Codec<string> = { write: (to, value) => to.text(value), read: (from) => from.text() }

/** A whole number or nothing. */
export const optional: Codec<number | null> = {
  write: (to, value) => to.varint(value === null ? 0 : value + 1),
  read(from) {
    const value = from.varint()
    return value === 0 ? null : value - 1
  },
}

export const nullable = <T>(inner: Codec<T>): Codec<T | null> => ({
  write(to, value) {
    to.varint(value === null ? 0 : 1)
    if (value !== null) inner.write(to, value)
  },
  read: (from) => (from.varint() === 0 ? null : inner.read(from)),
})

export const list = <T>(item: Codec<T>): Codec<readonly T[]> => ({
  write(to, values) {
    to.varint(values.length)
    for (const value of values) item.write(to, value)
  },
  read(from) {
    const values: unknown[] = []
    for (let left = from.varint(); left > 0; left--) values.push(item.read(from))
    return values
  },
})

export type Fields<T> = { readonly [F in keyof T]: Codec<T[F]> }

/** An object's fields, in the order in which they are listed here, which never changes. */
export const record = <T extends object>(fields: Fields<T>): Codec<T> => {
  const names = Object.keys(fields) as (keyof T)[]
  return {
    write(to, value) {
      for (const name of names) fields[name].write(to, value[name])
    },
    read: (from) => Object.fromEntries(names.map((name) => [name, fields[name].read(from)])),
  }
}

type Kinded = { readonly kind: string }
type OfKind<T extends Kinded, K extends T['kind']> = Omit<Extract<T, { kind: K }>, 'kind'>

/** For each kind its number and its fields. A number is never given to another kind. */
export type Kinds<T extends Kinded> = {
  readonly [K in T['kind']]: readonly [number: number, fields: Fields<OfKind<T, K>>]
}

export interface Union<T> extends Codec<T> {
  /** Reads what follows a kind's number. */
  readFields(n: number, from: ByteReader): unknown
}

/**
 * A discriminated union. Kinds that were once written in another way keep that one's number among `earlier`, to be
 * read for ever. A number that is not listed can only come from a later version.
 */
export function union<T extends Kinded>(kinds: Kinds<T>, earlier: Partial<Kinds<T>> = {}): Union<T> {
  const listed = (some: object) => Object.entries(some) as [T['kind'], readonly [number, Fields<object>]][]
  const byKind = new Map(listed(kinds).map(([kind, [n, fields]]) => [kind, { n, fields: record(fields) }]))
  const all = [...listed(kinds), ...listed(earlier)]
  const byNumber = new Map(all.map(([kind, [n, fields]]) => [n, { kind, fields: record(fields) }]))
  const readFields = (n: number, from: ByteReader) => {
    const known = byNumber.get(n)
    if (known === undefined) throw new Unreadable('newer')
    return { kind: known.kind, ...(known.fields.read(from) as object) }
  }
  return {
    write(to, value) {
      const known = byKind.get(value.kind)
      assert(known !== undefined, `the kind ${value.kind} has a number`)
      to.varint(known.n)
      known.fields.write(to, value)
    },
    read: (from) => readFields(from.varint(), from),
    readFields,
  }
}
