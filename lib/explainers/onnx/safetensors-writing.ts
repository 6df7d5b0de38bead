/** A tensor as it is to be written, row-major. */
export interface WrittenTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** @returns a safetensors file in pieces, one after another (huggingface.co/docs/safetensors). */
export function* writeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>>,
): Generator<Uint8Array> {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const [name, { shape, data }] of tensors) {
    const end = offset + data.byteLength
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] }
    offset = end
  }
  const text = Buffer.from(JSON.stringify(header))
  // Readers that map the file want the numbers at a multiple of 8; spaces fill the header up.
  const padding = Buffer.alloc((8 - (text.byteLength % 8)) % 8, ' ')
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.byteLength + padding.byteLength))
  yield Buffer.concat([length, text, padding])
  for (const { data } of tensors.values()) yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
