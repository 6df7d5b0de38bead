import type { FloatTensor, Tensor } from '../evidence'
import { connectSuperpixels } from './connectivity'
import { gaussianSmooth } from './gaussian'
import { labFromRgb } from './lab'

/** Rounds of assigning pixels and moving centres. Achanta et al. find that ten are enough for any picture. */
const ITERATIONS = 10
/** A superpixel is at least half and at most three times as large as one cell of the starting grid. */
const MINIMUM_SIZE = 0.5
const MAXIMUM_SIZE = 3

export interface SlicParameters {
  /** How many superpixels to aim for; the grid and the joining of small ones decide how many there are. */
  readonly segments: number
  /** Weight of place against colour: larger makes squarer superpixels. */
  readonly compactness: number
  /** Standard deviation, in pixels, of the smoothing beforehand. */
  readonly sigma: number
}

export interface Superpixels {
  /** int32 [height, width]: the superpixel of each pixel, numbered from 1 without gaps. */
  readonly labels: Tensor<Int32Array>
  readonly count: number
}

/**
 * Simple linear iterative clustering: k-means over Lab colour and place, each centre searching only its own
 * neighbourhood, followed by a step that makes the clusters connected.
 *
 * Gives the labels of scikit-image 0.19's `slic(picture, n_segments, compactness, sigma=sigma, start_label=1)` on a
 * float64 picture: same grid, same order of pixels and of ties, all arithmetic in float64.
 * R. Achanta et al., "SLIC Superpixels Compared to State-of-the-Art Superpixel Methods", IEEE TPAMI 34 (2012).
 *
 * @param picture [3, height, width], RGB, 0 to 1.
 * @throws RangeError where the picture is not RGB or a parameter is out of range.
 */
export function slic(picture: FloatTensor, parameters: SlicParameters): Superpixels {
  checkArguments(picture, parameters)
  const [, height, width] = picture.shape as [number, number, number]
  const colours = clusterColours(picture, width, height, parameters)
  const grid = startingGrid(width, height, parameters.segments)
  const clusters = clusterPixels(colours, width, height, grid)
  const cellSize = (width * height) / (grid.xs.length * grid.ys.length)
  const data = connectSuperpixels(
    clusters,
    { width, height },
    { minimumSize: Math.trunc(MINIMUM_SIZE * cellSize), maximumSize: Math.trunc(MAXIMUM_SIZE * cellSize) },
  )
  return { labels: { data, shape: [height, width] }, count: data.reduce((a, b) => Math.max(a, b), 0) }
}

function checkArguments(picture: FloatTensor, { segments, compactness, sigma }: SlicParameters): void {
  const [channels, height, width] = picture.shape
  if (picture.shape.length !== 3 || channels !== 3 || !height || !width) {
    throw new RangeError(`SLIC needs an RGB picture [3, height, width], not [${picture.shape.join(', ')}]`)
  }
  if (picture.data.some((value) => !Number.isFinite(value)))
    throw new RangeError('SLIC needs finite pixel values')
  if (!Number.isInteger(segments) || segments < 1) throw new RangeError('SLIC needs at least one segment')
  if (!(compactness > 0 && compactness < Infinity)) throw new RangeError('SLIC needs a compactness above 0')
  if (!(sigma >= 0 && sigma < Infinity)) throw new RangeError('SLIC needs a sigma of at least 0')
}

/** @returns smoothed Lab colours divided by the compactness, pixel by pixel. The picture's range is stretched to 0…1. */
function clusterColours(
  picture: FloatTensor,
  width: number,
  height: number,
  { compactness, sigma }: SlicParameters,
): Float64Array {
  const plane = width * height
  const darkest = picture.data.reduce((a, b) => Math.min(a, b), Infinity)
  const range = picture.data.reduce((a, b) => Math.max(a, b), -Infinity) - darkest
  const rgb = new Float64Array(3 * plane)
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = picture.data[channel * plane + pixel]! - darkest
      rgb[3 * pixel + channel] = range === 0 ? value : value / range
    }
  }
  const lab = gaussianSmooth(labFromRgb(rgb), { width, height, channels: 3 }, sigma)
  const scale = 1 / compactness
  return lab.map((value) => value * scale)
}

interface Grid {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** The larger of the distances between two columns or two rows of centres. */
  readonly step: number
}

/** Starting centres: the middles of the cells of a regular grid of about `segments` cells. */
function startingGrid(width: number, height: number, segments: number): Grid {
  const [stepX, stepY] = gridSteps(width, height, segments)
  const places = (length: number, step: number) => {
    const first = width * height <= segments ? 0 : Math.floor(step / 2)
    const rounded = roundHalfToEven(step)
    return Array.from({ length: Math.ceil((length - first) / rounded) }, (_, i) => first + i * rounded)
  }
  const step = Math.max(roundHalfToEven(stepX), roundHalfToEven(stepY))
  return { xs: places(width, stepX), ys: places(height, stepY), step }
}

/** @returns the sides of a cell: a square, or the whole shorter side where the picture is narrower than that. */
function gridSteps(width: number, height: number, cells: number): [number, number] {
  if (width * height <= cells) return [1, 1]
  const side = Math.sqrt((width * height) / cells)
  if (Math.min(width, height) >= side) return [side, side]
  return width <= height ? [width, height / cells] : [width / cells, height]
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value)
  const above = value - below > 0.5 || (value - below === 0.5 && below % 2 === 1)
  return above ? below + 1 : below
}

/** Numbers per centre: y, x, and the three colours. */
const FEATURES = 5

/** @returns the number of the nearest centre of each pixel after the last round. */
function clusterPixels(colours: Float64Array, width: number, height: number, grid: Grid): Int32Array {
  const count = grid.xs.length * grid.ys.length
  const [stepX, stepY] = gridSteps(width, height, count).map(roundHalfToEven) as [number, number]
  const reach = { x: 2 * stepX, y: 2 * stepY }
  // All centres start black: every colour distance of a pixel is then equal, so the first round goes by place alone.
  const centres = new Float64Array(count * FEATURES)
  for (const [row, y] of grid.ys.entries()) {
    for (const [column, x] of grid.xs.entries())
      centres.set([y, x], (row * grid.xs.length + column) * FEATURES)
  }
  const clusters = new Int32Array(width * height)
  for (let round = 0; round < ITERATIONS; round++) {
    assignPixels(clusters, centres, colours, width, height, reach, 1 / (grid.step * grid.step))
    moveCentres(clusters, centres, colours, width)
  }
  return clusters
}

/** Gives each pixel to the nearest centre within reach; the first of equals wins, and a pixel in no reach stays. */
function assignPixels(
  clusters: Int32Array,
  centres: Float64Array,
  colours: Float64Array,
  width: number,
  height: number,
  reach: { readonly x: number; readonly y: number },
  placeWeight: number,
): void {
  const nearest = new Float64Array(clusters.length).fill(Infinity)
  for (let centre = 0; centre * FEATURES < centres.length; centre++) {
    const at = centre * FEATURES
    const centreY = centres[at]!
    const centreX = centres[at + 1]!
    const c0 = centres[at + 2]!
    const c1 = centres[at + 3]!
    const c2 = centres[at + 4]!
    const fromY = Math.trunc(Math.max(centreY - reach.y, 0))
    const toY = Math.trunc(Math.min(centreY + reach.y + 1, height))
    const fromX = Math.trunc(Math.max(centreX - reach.x, 0))
    const toX = Math.trunc(Math.min(centreX + reach.x + 1, width))
    for (let y = fromY; y < toY; y++) {
      const dy = (centreY - y) ** 2
      for (let x = fromX; x < toX; x++) {
        const pixel = y * width + x
        const dx = (centreX - x) ** 2
        const d0 = colours[3 * pixel]! - c0
        const d1 = colours[3 * pixel + 1]! - c1
        const d2 = colours[3 * pixel + 2]! - c2
        const distance = (dy + dx) * placeWeight + (d0 * d0 + d1 * d1 + d2 * d2)
        if (distance < nearest[pixel]!) {
          nearest[pixel] = distance
          clusters[pixel] = centre
        }
      }
    }
  }
}

/** Moves each centre to the mean place and colour of its pixels. One without pixels leaves the game. */
function moveCentres(
  clusters: Int32Array,
  centres: Float64Array,
  colours: Float64Array,
  width: number,
): void {
  const sizes = new Int32Array(centres.length / FEATURES)
  centres.fill(0)
  for (let pixel = 0; pixel < clusters.length; pixel++) {
    const cluster = clusters[pixel]!
    const at = cluster * FEATURES
    const x = pixel % width
    sizes[cluster]! += 1
    centres[at]! += (pixel - x) / width
    centres[at + 1]! += x
    centres[at + 2]! += colours[3 * pixel]!
    centres[at + 3]! += colours[3 * pixel + 1]!
    centres[at + 4]! += colours[3 * pixel + 2]!
  }
  for (let i = 0; i < centres.length; i++) {
    const size = sizes[Math.floor(i / FEATURES)]!
    centres[i] = size === 0 ? Number.NaN : centres[i]! / size
  }
}
