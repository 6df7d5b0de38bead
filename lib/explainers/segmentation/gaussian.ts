/**
 * Smooths a picture with a Gaussian, first down the columns, then along the rows, the border mirrored with the border
 * pixel repeated (as `scipy.ndimage.gaussian_filter` does by default).
 *
 * @param values pixels row by row, with `channels` values each.
 * @param sigma standard deviation in pixels; 0 returns the values unchanged.
 * @param reach deviations at which the Gaussian is cut off.
 */
export function gaussianSmooth(
  values: Float64Array,
  size: { readonly width: number; readonly height: number; readonly channels: number },
  sigma: number,
  reach = 4,
): Float64Array {
  if (sigma === 0) return values
  const kernel = halfKernel(sigma, reach)
  const { width, height, channels } = size
  const row = width * channels
  const down = new Float64Array(values.length)
  for (let i = 0; i < row; i++) smoothLine(values, down, { start: i, stride: row, length: height }, kernel)
  const smooth = new Float64Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let channel = 0; channel < channels; channel++) {
      smoothLine(down, smooth, { start: y * row + channel, stride: channels, length: width }, kernel)
    }
  }
  return smooth
}

/** @returns the kernel from its centre outwards. Both halves and the centre together add up to 1. */
function halfKernel(sigma: number, reach: number): Float64Array {
  const radius = Math.trunc(reach * sigma + 0.5)
  const half = new Float64Array(radius + 1)
  for (let x = 0; x <= radius; x++) half[x] = Math.exp((-0.5 * x * x) / (sigma * sigma))
  let sum = 0
  for (let x = -radius; x <= radius; x++) sum += half[Math.abs(x)]!
  return half.map((weight) => weight / sum)
}

interface Line {
  readonly start: number
  readonly stride: number
  readonly length: number
}

function smoothLine(source: Float64Array, target: Float64Array, line: Line, kernel: Float64Array): void {
  const { start, stride, length } = line
  for (let i = 0; i < length; i++) {
    let sum = source[start + i * stride]! * kernel[0]!
    // From the far pair to the near one: the order decides the last bit, and a tie between two clusters.
    for (let k = kernel.length - 1; k > 0; k--) {
      const before = source[start + mirrored(i - k, length) * stride]!
      const after = source[start + mirrored(i + k, length) * stride]!
      sum += (before + after) * kernel[k]!
    }
    target[start + i * stride] = sum
  }
}

/** @returns the index inside a line (a b c) that continues as … c b a | a b c | c b a …. */
function mirrored(index: number, length: number): number {
  const period = 2 * length
  const inPeriod = ((index % period) + period) % period
  return inPeriod < length ? inPeriod : period - 1 - inPeriod
}
