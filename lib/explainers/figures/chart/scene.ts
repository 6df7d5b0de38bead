import type { ChartColour } from './colours'

/** A colour by its meaning, which the theme decides, or one that is the same in every theme. */
export type Paint = ChartColour | 'ink' | 'quiet' | 'hairline' | { readonly css: string }

/** One or many strokes and areas of one style: an SVG path. */
export interface Shape {
  readonly d: string
  readonly fill?: Paint
  readonly stroke?: Paint
  readonly strokeWidth?: number
  readonly dashed?: boolean
  /** 0 to 1; default 1. */
  readonly opacity?: number
}

/** Lengths of the dashes and gaps of a dashed stroke. */
export const DASHES = '5 4'

export interface Words {
  readonly text: string
  /** The anchor, and the middle of the line's height. */
  readonly x: number
  readonly y: number
  readonly size: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly paint: Paint
  readonly weight?: 400 | 500 | 600
  /** Reads from the bottom upwards; the anchor is then along the line of writing. */
  readonly upwards?: boolean
}

/**
 * A chart as geometry: what the page paints as SVG and the plate as outlines, so that the two drawings agree. Words
 * stand above all shapes. Units are pixels at the size at which the chart is best read on a phone.
 */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
  readonly words: readonly Words[]
}

const short = (value: number) => String(Math.round(value * 100) / 100)

export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`
}

export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`
}

export function polyline(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('')
}

export type Mark = 'circle' | 'square' | 'diamond'

/** @param radius of the circle; the others are drawn with the same area. */
export function mark(kind: Mark, x: number, y: number, radius: number): string {
  if (kind === 'circle') {
    const diameter = short(2 * radius)
    const r = short(radius)
    return `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${diameter} 0a${r} ${r} 0 1 0 -${diameter} 0Z`
  }
  const half = (radius * Math.sqrt(Math.PI)) / 2
  if (kind === 'square') return rectangle(x - half, y - half, 2 * half, 2 * half)
  const reach = half * Math.SQRT2
  return `${polyline([
    [x, y - reach],
    [x + reach, y],
    [x, y + reach],
    [x - reach, y],
  ])}Z`
}
