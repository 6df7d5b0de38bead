/** One number a pixel, row by row. */
export interface Plane {
  readonly values: Float64Array
  readonly height: number
  readonly width: number
}

/** @returns the plane from 0 to 1, its smallest and largest value; null where it has one value everywhere. */
export function scaled({ values, ...size }: Plane): Plane | null {
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  if (!(high > low)) return null
  return { ...size, values: values.map((value) => (value - low) / (high - low)) }
}
