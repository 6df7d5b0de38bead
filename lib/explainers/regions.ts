import type { Bilingual } from './bilingual'
import type { FloatTensor, Tensor } from './evidence'

/** Which object each pixel of a picture belongs to, row by row. */
export interface ObjectMask {
  readonly ids: Uint8Array
  readonly width: number
  readonly height: number
}

/** A named part of a picture. */
export interface Region {
  readonly name: Bilingual
  /** [height, width]: how much of each pixel the region covers, 0 to 1. */
  readonly coverage: FloatTensor
  /** Whether it is what the picture's class names. */
  readonly explained?: boolean
}

/** Numbers of one region. A number that does not exist (a region without area, a map of zeros) is null. */
export type RegionMeasurements = { readonly [name: string]: number | null }

/** LIME weights above this, and below its negative, are shown and counted. */
export const NOTABLE_WEIGHT = 0.05

/**
 * @param objects ids that the region consists of.
 * @param size of the maps that will be measured.
 * @returns the region: each of its pixels is the mean of the part of the mask that lies under it (area average,
 * for any ratio of sizes).
 */
export function regionFromMask(
  mask: ObjectMask,
  name: Bilingual,
  objects: readonly number[],
  size: { readonly height: number; readonly width: number },
): Region {
  const { height, width } = size
  const columns = overlaps(mask.width, width)
  const rows = overlaps(mask.height, height)
  const wanted = new Uint8Array(256)
  for (const object of objects) wanted[object] = 1
  const data = new Float32Array(height * width)
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      let covered = 0
      for (const [sourceY, shareY] of row) {
        for (const [sourceX, shareX] of column) {
          if (wanted[mask.ids[sourceY * mask.width + sourceX]!]) covered += shareY * shareX
        }
      }
      data[y * width + x] = covered
    }
  }
  return { name, coverage: { data, shape: [height, width] } }
}

/** @returns for each target sample, the source samples under it and their shares, which add up to 1. */
function overlaps(source: number, target: number): [index: number, share: number][][] {
  const scale = source / target
  return Array.from({ length: target }, (_, i) => {
    const from = (i * source) / target
    const to = ((i + 1) * source) / target
    const parts: [number, number][] = []
    for (let index = Math.floor(from); index < Math.min(to, source); index++) {
      parts.push([index, (Math.min(index + 1, to) - Math.max(index, from)) / scale])
    }
    return parts
  })
}

/**
 * Measures the map of an explanation in each region, whichever map it has: LIME's `weights`, an `attribution` or an
 * `activation`.
 *
 * @param arrays of an `Explanation`; maps must have the size of the regions' coverage, except `activation`.
 * @returns measurements by the region's English name; empty for methods without a map (filter visualisation).
 */
export function measureRegions(
  arrays: { readonly [name: string]: Tensor },
  regions: readonly Region[],
): { readonly [region: string]: RegionMeasurements } {
  const measure = measurementOf(arrays)
  return Object.fromEntries(measure ? regions.map((region) => [region.name.en, measure(region)]) : [])
}

function measurementOf(arrays: {
  readonly [name: string]: Tensor
}): ((region: Region) => RegionMeasurements) | undefined {
  const { weights, attribution, activation } = arrays
  if (weights) return (region) => measureWeights(weights, region)
  if (attribution) {
    const magnitude = attributionMagnitude(attribution)
    return (region) => measureAttribution(magnitude, region)
  }
  if (activation) return (region) => measureActivation(activation, region)
  return undefined
}

/**
 * @param weights [height, width]: LIME weight of the superpixel of each pixel.
 * @returns `area`, the share of the picture; `weightPerMille`, the weight summed over the region in thousandths of
 * the picture's pixels; `positiveShare` and `negativeShare`, the shares of its area with weight above 0.05 and below −0.05.
 */
export function measureWeights(weights: Tensor, { coverage }: Region): RegionMeasurements {
  checkSize(weights, coverage)
  let area = 0
  let sum = 0
  let positive = 0
  let negative = 0
  for (const [pixel, covered] of coverage.data.entries()) {
    const weight = weights.data[pixel]!
    area += covered
    sum += covered * weight
    if (weight > NOTABLE_WEIGHT) positive += covered
    if (weight < -NOTABLE_WEIGHT) negative += covered
  }
  const pixels = coverage.data.length
  return {
    area: area / pixels,
    weightPerMille: (1000 * sum) / pixels,
    positiveShare: ratio(positive, area),
    negativeShare: ratio(negative, area),
  }
}

/**
 * @param attribution [height, width] or [channels, height, width].
 * @returns [height, width]: absolute value of the attribution of each pixel, that is of the sum over its channels
 * (attributions add up, and opposite signs in one pixel cancel).
 */
export function attributionMagnitude(attribution: Tensor): FloatTensor {
  const [height = 0, width = 0] = attribution.shape.slice(-2)
  const plane = height * width
  const data = new Float32Array(plane)
  for (let pixel = 0; pixel < plane; pixel++) {
    let sum = 0
    for (let i = pixel; i < attribution.data.length; i += plane) sum += attribution.data[i]!
    data[pixel] = Math.abs(sum)
  }
  return { data, shape: [height, width] }
}

/**
 * @param magnitude [height, width], not negative.
 * @returns `area`; `attributionShare`, the region's share of the attribution; `enrichment`, that share divided by
 * the share of area: 1 where the map is even, above 1 where it prefers the region.
 */
export function measureAttribution(magnitude: Tensor, { coverage }: Region): RegionMeasurements {
  checkSize(magnitude, coverage)
  let area = 0
  let inside = 0
  let total = 0
  for (const [pixel, covered] of coverage.data.entries()) {
    area += covered
    inside += covered * magnitude.data[pixel]!
    total += magnitude.data[pixel]!
  }
  const areaShare = area / coverage.data.length
  const attributionShare = ratio(inside, total)
  return {
    area: areaShare,
    attributionShare,
    enrichment: attributionShare === null ? null : ratio(attributionShare, areaShare),
  }
}

/**
 * @param activation [height', width'] of any size; it is brought to the region's size by bilinear interpolation.
 * @returns `area`; `mean`; `p95`, the value that 95 % of the region's area does not exceed; `maximum`, over the pixels
 * that the region covers at least half as much as any (so that the border belongs to one side).
 */
export function measureActivation(activation: Tensor, { coverage }: Region): RegionMeasurements {
  const [height = 0, width = 0] = coverage.shape
  const values = resizeBilinear(activation, height, width).data
  const mostCovered = coverage.data.reduce((a, b) => Math.max(a, b), 0)
  let area = 0
  let sum = 0
  let maximum: number | null = null
  const covered: { readonly value: number; readonly share: number }[] = []
  for (const [pixel, share] of coverage.data.entries()) {
    if (share === 0) continue
    const value = values[pixel]!
    area += share
    sum += share * value
    covered.push({ value, share })
    if (share >= mostCovered / 2) maximum = Math.max(maximum ?? -Infinity, value)
  }
  return {
    area: area / coverage.data.length,
    mean: ratio(sum, area),
    p95: weightedQuantile(covered, 0.95),
    maximum,
  }
}

/** @returns the smallest value that at least `level` of the total share does not exceed, or null of nothing. */
function weightedQuantile(
  entries: readonly { readonly value: number; readonly share: number }[],
  level: number,
): number | null {
  const sorted = entries.toSorted((a, b) => a.value - b.value)
  const wanted = level * sorted.reduce((sum, { share }) => sum + share, 0)
  let reached = 0
  for (const { value, share } of sorted) {
    reached += share
    if (reached >= wanted) return value
  }
  return sorted.at(-1)?.value ?? null
}

/**
 * Bilinear interpolation between pixel centres; beyond the outermost centres the border value goes on.
 *
 * @param map [height', width'].
 */
export function resizeBilinear(map: Tensor, height: number, width: number): FloatTensor {
  const [sourceHeight = 0, sourceWidth = 0] = map.shape
  if (map.shape.length !== 2 || map.data.length === 0) {
    throw new RangeError(`A map [height, width] is needed, not [${map.shape.join(', ')}]`)
  }
  const rows = interpolation(sourceHeight, height)
  const columns = interpolation(sourceWidth, width)
  const data = new Float32Array(height * width)
  const source = map.data
  for (const [y, row] of rows.entries()) {
    const [above, below] = [row.low * sourceWidth, row.high * sourceWidth]
    for (let x = 0; x < width; x++) {
      const { low, high, part } = columns[x]!
      const top = source[above + low]! * (1 - part) + source[above + high]! * part
      const bottom = source[below + low]! * (1 - part) + source[below + high]! * part
      data[y * width + x] = top * (1 - row.part) + bottom * row.part
    }
  }
  return { data, shape: [height, width] }
}

function interpolation(source: number, target: number): { low: number; high: number; part: number }[] {
  return Array.from({ length: target }, (_, i) => {
    const place = Math.min(Math.max(((i + 0.5) * source) / target - 0.5, 0), source - 1)
    const low = Math.floor(place)
    return { low, high: Math.min(low + 1, source - 1), part: place - low }
  })
}

function checkSize(map: Tensor, coverage: FloatTensor): void {
  const same = map.shape.length === 2 && map.shape.every((size, axis) => size === coverage.shape[axis])
  if (same) return
  throw new RangeError(`The map is [${map.shape.join(', ')}], the region [${coverage.shape.join(', ')}]`)
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
