/** Fraction bits of the fixed-point weights: 32 bits less 8 for the value and 2 of headroom. */
const PRECISION_BITS = 22
const ONE = 1 << PRECISION_BITS
const HALF = 1 << (PRECISION_BITS - 1)

/** Which source samples one target sample averages, and with which fixed-point weights. */
interface FilterWindow {
  readonly first: number
  readonly weights: Int32Array
}

/**
 * Weights of an antialiased triangle filter, as Pillow's `Image.resize(…, BILINEAR)` computes them: the triangle
 * is widened by the reduction factor, so that every source pixel counts, and its weights are rounded to 22 bits.
 */
function triangleWindows(sourceSize: number, targetSize: number): FilterWindow[] {
  const scale = sourceSize / targetSize
  const support = Math.max(scale, 1)
  const windows: FilterWindow[] = []
  for (let target = 0; target < targetSize; target++) {
    const centre = (target + 0.5) * scale
    const first = Math.max(Math.trunc(centre - support + 0.5), 0)
    const end = Math.min(Math.trunc(centre + support + 0.5), sourceSize)
    const exact: number[] = []
    let sum = 0
    for (let source = first; source < end; source++) {
      const weight = Math.max(1 - Math.abs((source - centre + 0.5) / support), 0)
      exact.push(weight)
      sum += weight
    }
    windows.push({
      first,
      weights: Int32Array.from(exact, (weight) => Math.trunc(0.5 + (weight / sum) * ONE)),
    })
  }
  return windows
}

/** An 8-bit RGB picture: `data` has 3 · width · height bytes, row by row, red, green, blue. */
export interface RgbPicture {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/**
 * Resizes with an antialiased triangle filter, equal byte for byte to Pillow's BILINEAR: a horizontal pass, then a
 * vertical pass, with the result of the first rounded to 8 bits. The aspect ratio is not kept.
 */
export function resizeTriangle(picture: RgbPicture, width: number, height: number): RgbPicture {
  const narrow = resizeRows(picture, width)
  return resizeColumns(narrow, height)
}

function resizeRows(picture: RgbPicture, width: number): RgbPicture {
  if (width === picture.width) return picture
  const windows = triangleWindows(picture.width, width)
  const { data: source, height } = picture
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    const row = 3 * picture.width * y
    for (let x = 0; x < width; x++) {
      const { first, weights } = windows[x]!
      for (let channel = 0; channel < 3; channel++) {
        let sum = HALF
        for (let k = 0; k < weights.length; k++) sum += weights[k]! * source[row + 3 * (first + k) + channel]!
        data[3 * (width * y + x) + channel] = roundedByte(sum)
      }
    }
  }
  return { data, width, height }
}

function resizeColumns(picture: RgbPicture, height: number): RgbPicture {
  if (height === picture.height) return picture
  const windows = triangleWindows(picture.height, height)
  const { data: source, width } = picture
  const stride = 3 * width
  const data = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const { first, weights } = windows[y]!
    for (let i = 0; i < stride; i++) {
      let sum = HALF
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * source[stride * (first + k) + i]!
      data[stride * y + i] = roundedByte(sum)
    }
  }
  return { data, width, height }
}

function roundedByte(fixedPoint: number): number {
  return Math.min(Math.max(fixedPoint >> PRECISION_BITS, 0), 255)
}
