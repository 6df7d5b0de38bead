import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rechunk } from '@/lib/objects/chunks'

async function collect(chunks: readonly Uint8Array[], size: number): Promise<Buffer[]> {
  async function* source() {
    yield* chunks
  }
  return Readable.from(rechunk(source(), size)).toArray()
}

describe('chunks of one size', () => {
  it('are the same bytes, full but for the last', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 50 }), async (given, size) => {
        const made = await collect(given, size)
        expect(Buffer.concat(made)).toEqual(Buffer.concat(given))
        expect(made.slice(0, -1).every((chunk) => chunk.byteLength === size)).toBe(true)
        expect(made.every((chunk) => chunk.byteLength > 0 && chunk.byteLength <= size)).toBe(true)
      }),
    )
  })
})
