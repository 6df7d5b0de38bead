/**
 * What late credit leaves of a score.
 * @param points thousandths of a point
 * @param creditPercent 0 to 100
 * @returns thousandths of a point, halves rounded up
 */
export function creditedPoints(points: number, creditPercent: number): number {
  return Math.floor((points * creditPercent + 50) / 100)
}
