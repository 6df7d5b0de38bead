/** A non-negative fraction of full points, exact: numerator and denominator are integers. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/**
 * @param points full points, thousandths
 * @returns `points` × fraction in whole thousandths. A half is rounded up: in the student's favour, and, unlike
 * rounding to even, never giving a larger fraction fewer points.
 */
export function fractionOfPoints(points: number, { numerator, denominator }: Fraction): number {
  // (2ab + d) / 2d, divided without a floating-point quotient.
  const dividend = 2 * points * numerator + denominator
  const divisor = 2 * denominator
  if (!Number.isSafeInteger(dividend)) throw new RangeError(`fractionOfPoints: ${points} points are too many`)
  return (dividend - (dividend % divisor)) / divisor
}
