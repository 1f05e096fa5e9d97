/** The little of the streams that browsers and Node share that is used here. */
interface Transform {
  readonly writable: {
    getWriter(): { write(chunk: Uint8Array): Promise<void>; close(): Promise<void> }
  }
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
      cancel(): Promise<void>
    }
  }
}
declare const CompressionStream: new (format: 'deflate-raw') => Transform
declare const DecompressionStream: new (format: 'deflate-raw') => Transform

/** RFC 1951. */
export const deflate = (bytes: Uint8Array): Promise<Uint8Array | null> =>
  through(new CompressionStream('deflate-raw'), bytes, Infinity)

/** The original bytes; `null` if these are no such bytes, or if they would inflate to more than `most`. */
export const inflate = (bytes: Uint8Array, most: number): Promise<Uint8Array | null> =>
  through(new DecompressionStream('deflate-raw'), bytes, most)

/** Stops as soon as there is too much, so a small link cannot fill the memory. */
async function through(stream: Transform, bytes: Uint8Array, most: number): Promise<Uint8Array | null> {
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  const written = writer.write(bytes).then(() => writer.close())
  written.catch(() => {}) // the reader meets the same error
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) return joined(chunks, length)
      length += value.length
      if (length > most) {
        await reader.cancel()
        return null
      }
      chunks.push(value)
    }
  } catch {
    return null
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
