import { deflateRawSync, inflateRawSync } from 'node:zlib'
import sharp from 'sharp'
import { maskSizeOf, type PackedMask } from '@/lib/pictures/view'

/** Masks on their way between page and server: a byte a pixel, row by row, deflated and in base64. */

/** @throws RangeError that says what is wrong with it. */
export function unpackMask(
  { width, height, deflated }: PackedMask,
  of: { readonly width: number; readonly height: number },
  regions: number,
): Uint8Array {
  const wanted = maskSizeOf(of)
  if (width !== wanted.width || height !== wanted.height)
    throw new RangeError(`expected ${wanted.width}×${wanted.height}`)
  let ids: Buffer
  try {
    ids = inflateRawSync(Buffer.from(deflated, 'base64'), { maxOutputLength: width * height })
  } catch (cause) {
    throw new RangeError('expected deflated bytes, one a pixel', { cause })
  }
  if (ids.length !== width * height) throw new RangeError('expected one byte a pixel')
  const seen = new Set(ids)
  for (const id of seen) if (id > regions) throw new RangeError(`there is no region ${id}`)
  for (let id = 1; id <= regions; id++) if (!seen.has(id)) throw new RangeError(`region ${id} has no pixel`)
  return ids
}

export function packBytes(bytes: Uint8Array): string {
  return deflateRawSync(bytes).toString('base64')
}

/** @param ids [height, width] @returns an 8-bit grey PNG, as `decodeMask` reads it. */
export function encodeMask(ids: Uint8Array, width: number, height: number): Promise<Buffer> {
  return sharp(ids, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}
