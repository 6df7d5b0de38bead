import sharp from 'sharp'
import type { Tensor } from '../evidence'
import { type ColourMapName, colourScalars, interleaveRgb, type Range } from './colour-maps'

/** Least width of an asset in pixels, so that it stays sharp on dense screens. */
const LEAST_WIDTH = 512

/** Of zlib: 9 takes two to three times as long for files 2 to 4 % smaller. */
export const COMPRESSION = 6

/**
 * @param bytes interleaved RGB, row-major.
 * @returns PNG enlarged by whole pixels (each value stays a crisp square) to at least 512 across.
 */
export async function encodeRgb(bytes: Uint8Array, height: number, width: number): Promise<Buffer> {
  if (bytes.length !== height * width * 3) {
    throw new RangeError(`encodeRgb: ${bytes.length} bytes are not ${height}×${width} RGB pixels`)
  }
  const factor = Math.max(1, Math.ceil(LEAST_WIDTH / width))
  return sharp(bytes, { raw: { height, width, channels: 3 } })
    .resize(width * factor, height * factor, { kernel: 'nearest' })
    .png({ compressionLevel: COMPRESSION })
    .toBuffer()
}

/** @param map scalars [height, width]. @returns PNG in the colours of the map. */
export function encodeScalarMap(map: Tensor, name: ColourMapName, range: Range): Promise<Buffer> {
  const [height, width] = expectShape(map, 2)
  return encodeRgb(colourScalars(map.data as Float32Array, name, range), height!, width!)
}

/** @param picture planes [3, height, width]; `range` becomes black to full brightness in every channel. */
export function encodePicture(picture: Tensor, range: Range = { minimum: 0, maximum: 1 }): Promise<Buffer> {
  const [, height, width] = expectShape(picture, 3)
  return encodeRgb(interleaveRgb(picture.data as Float32Array, range), height!, width!)
}

/** @returns PNG [height, width], 8-bit grey where the labels fit, else 16-bit: the label of each pixel. */
export async function encodeLabels(labels: Tensor): Promise<Buffer> {
  const [height, width] = expectShape(labels, 2)
  let highest = 0
  for (const label of labels.data) if (label > highest) highest = label
  if (highest > 0xffff) throw new RangeError(`encodeLabels: label ${highest} does not fit into 16 bits`)
  const small = highest <= 0xff
  const raw = { height: height!, width: width!, channels: 1 as const }
  // sharp takes 16-bit input as such only with an explicit colourspace, and else would stretch grey by gamma.
  return small
    ? sharp(Uint8Array.from(labels.data), { raw }).toColourspace('b-w').png().toBuffer()
    : sharp(Uint16Array.from(labels.data), { raw }).toColourspace('grey16').png().toBuffer()
}

function expectShape(tensor: Tensor, dimensions: number): readonly number[] {
  if (tensor.shape.length !== dimensions) {
    throw new RangeError(`A tensor of ${dimensions} dimensions is needed, not [${tensor.shape.join(',')}]`)
  }
  return tensor.shape
}
