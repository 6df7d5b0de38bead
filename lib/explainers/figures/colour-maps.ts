import { rgb } from 'd3-color'
import { interpolatePiYG, interpolateViridis } from 'd3-scale-chromatic'
import type { ColourScale } from './document'

export type ColourMapName = ColourScale['colours']
export type Rgb = readonly [red: number, green: number, blue: number]

/** Colours of marks that both renderers know. Shape (solid, dashed) always says the same as the colour. */
export const markColours = { positive: '#16a34a', negative: '#dc2626', hidden: '#94a3b8' } as const

const LEVELS = 256

/**
 * Matplotlib's "hot": red, green and blue rise one after the other, each in a straight line.
 * Source: the breakpoints of matplotlib's `_hot_data`.
 */
function hot(value: number): Rgb {
  const ramp = (from: number, to: number, start = 0) =>
    Math.min(1, Math.max(0, start + ((1 - start) * (value - from)) / (to - from)))
  return [255 * ramp(0, 0.365079, 0.0416), 255 * ramp(0.365079, 0.746032), 255 * ramp(0.746032, 1)]
}

function fromCss(colour: string): Rgb {
  const { r, g, b } = rgb(colour)
  return [r, g, b]
}

const colourAt: Record<ColourMapName, (value: number) => Rgb> = {
  viridis: (value) => fromCss(interpolateViridis(value)),
  hot,
  // Pink to green: tells sign apart also with red-green blindness.
  signed: (value) => fromCss(interpolatePiYG(value)),
  // Brightness of a colour channel, for maps that are shown as RGB pictures.
  magnitude: (value) => [255 * value, 255 * value, 255 * value],
}

const tables = new Map<ColourMapName, Uint8Array>()

/** @returns 256 colours as RGB bytes [256·3], from the lowest value to the highest. */
export function colourTable(name: ColourMapName): Uint8Array {
  const known = tables.get(name)
  if (known) return known
  const table = new Uint8Array(LEVELS * 3)
  for (let level = 0; level < LEVELS; level++) {
    const colour = colourAt[name](level / (LEVELS - 1))
    for (let channel = 0; channel < 3; channel++) table[level * 3 + channel] = Math.round(colour[channel]!)
  }
  tables.set(name, table)
  return table
}

/** @returns `count` colours in CSS notation evenly along the map, for gradients in colour bars. */
export function colourStops(name: ColourMapName, count = 12): string[] {
  const table = colourTable(name)
  return Array.from({ length: count }, (_, stop) => {
    const level = Math.round((stop / (count - 1)) * (LEVELS - 1)) * 3
    return `rgb(${table[level]},${table[level + 1]},${table[level + 2]})`
  })
}

export interface Range {
  readonly minimum: number
  readonly maximum: number
}

/** @returns the smallest and largest of all finite values. A constant array has an empty range. */
export function rangeOf(...arrays: readonly Float32Array[]): Range {
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  for (const array of arrays) {
    for (const value of array) {
      if (value < minimum) minimum = value
      if (value > maximum) maximum = value
    }
  }
  if (!Number.isFinite(minimum) || !Number.isFinite(maximum)) {
    throw new RangeError('rangeOf: the array is empty or holds values that are not finite')
  }
  return { minimum, maximum }
}

/** @returns (value − minimum) / (maximum − minimum), clamped to 0 to 1; 0 everywhere when the range is empty. */
export function scaleTo01(values: Float32Array, { minimum, maximum }: Range): Float32Array {
  const width = maximum - minimum
  return width > 0
    ? values.map((value) => Math.min(1, Math.max(0, (value - minimum) / width)))
    : new Float32Array(values.length)
}

/** @returns RGB bytes [pixels·3] of a scalar map [pixels]. */
export function colourScalars(values: Float32Array, name: ColourMapName, range: Range): Uint8Array {
  const table = colourTable(name)
  const scaled = scaleTo01(values, range)
  const bytes = new Uint8Array(values.length * 3)
  for (let pixel = 0; pixel < scaled.length; pixel++) {
    const level = Math.round(scaled[pixel]! * (LEVELS - 1)) * 3
    bytes.set(table.subarray(level, level + 3), pixel * 3)
  }
  return bytes
}

/** @returns interleaved RGB bytes [pixels·3] of planes [3, pixels], with one range for all channels. */
export function interleaveRgb(planes: Float32Array, range: Range): Uint8Array {
  const pixels = planes.length / 3
  if (!Number.isInteger(pixels))
    throw new RangeError(`interleaveRgb: ${planes.length} values are not three planes`)
  const scaled = scaleTo01(planes, range)
  const bytes = new Uint8Array(planes.length)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      bytes[pixel * 3 + channel] = Math.round(scaled[channel * pixels + pixel]! * 255)
    }
  }
  return bytes
}
