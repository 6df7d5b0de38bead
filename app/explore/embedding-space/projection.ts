export type Point = readonly [x: number, y: number]

/**
 * Fits points into a box without bending distances: both axes have one scale, and the picture stands in the middle.
 * Larger values of the second axis are higher.
 * @param drawn places of the points that are drawn; only they have to fit
 * @returns for each point its place in pixels
 */
export function fitPoints(
  points: readonly Point[],
  drawn: readonly number[],
  { width, height, margin }: { readonly width: number; readonly height: number; readonly margin: number },
): Point[] {
  const [left, right] = rangeOf(drawn.map((index) => points[index]![0]))
  const [bottom, top] = rangeOf(drawn.map((index) => points[index]![1]))
  const scale = Math.min(
    (width - 2 * margin) / Math.max(right - left, 1e-9),
    (height - 2 * margin) / Math.max(top - bottom, 1e-9),
  )
  return points.map(([x, y]) => [
    width / 2 + (x - (left + right) / 2) * scale,
    height / 2 - (y - (bottom + top) / 2) * scale,
  ])
}

function rangeOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
}
