/** Bytes of a chunk: few enough to be held in memory by many readers, enough to make few rows of a model. */
export const CHUNK_BYTES = 1024 * 1024

/** The same bytes in chunks of exactly `size`, the last one excepted; at most a chunk is held. */
export async function* rechunk(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    let rest = chunk
    while (bytes + rest.byteLength >= size) {
      const taken = size - bytes
      yield Buffer.concat([...held, rest.subarray(0, taken)], size)
      rest = rest.subarray(taken)
      held = []
      bytes = 0
    }
    if (rest.byteLength === 0) continue
    held.push(rest)
    bytes += rest.byteLength
  }
  if (bytes > 0) yield Buffer.concat(held, bytes)
}
