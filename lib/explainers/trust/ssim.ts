import { meanOf } from '../correlation'
import { gaussianSmooth } from '../segmentation/gaussian'
import type { Plane } from './plane'

/** The window: a Gaussian of this deviation in pixels, 11×11. */
const DEVIATION = 1.5
const RADIUS = 5
/** Keep quotients of small numbers finite: (0.01 L)² and (0.03 L)², L = 1 being the range of the values. */
const [C1, C2] = [0.01 ** 2, 0.03 ** 2]

/**
 * The structural similarity index: how alike two pictures are in luminance, contrast and structure within a small window,
 * averaged over all windows that lie within the picture.
 * Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity",
 * IEEE Transactions on Image Processing, 2004. The numbers are those of scikit-image's `structural_similarity` with
 * `gaussian_weights=True, use_sample_covariance=False, data_range=1`.
 *
 * @param one `other` [height, width], 0 to 1.
 * @returns −1 to 1, 1 for equal pictures; null of pictures smaller than the window.
 */
export function ssim(one: Plane, other: Plane): number | null {
  const { width, height } = one
  if (Math.min(width, height) <= 2 * RADIUS) return null
  const smooth = (value: (place: number) => number) =>
    gaussianSmooth(
      Float64Array.from(one.values, (_, place) => value(place)),
      { width, height, channels: 1 },
      DEVIATION,
      RADIUS / DEVIATION,
    )
  const [a, b] = [one.values, other.values]
  const [meanA, meanB] = [smooth((i) => a[i]!), smooth((i) => b[i]!)]
  const [squareA, squareB] = [smooth((i) => a[i]! ** 2), smooth((i) => b[i]! ** 2)]
  const products = smooth((i) => a[i]! * b[i]!)
  const local: number[] = []
  for (let row = RADIUS; row < height - RADIUS; row++) {
    for (let column = RADIUS; column < width - RADIUS; column++) {
      const i = row * width + column
      const [x, y] = [meanA[i]!, meanB[i]!]
      const [varianceA, varianceB] = [squareA[i]! - x * x, squareB[i]! - y * y]
      const covariance = products[i]! - x * y
      const luminance = (2 * x * y + C1) / (x * x + y * y + C1)
      local.push((luminance * (2 * covariance + C2)) / (varianceA + varianceB + C2))
    }
  }
  return meanOf(local)
}
