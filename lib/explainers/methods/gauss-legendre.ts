/**
 * Gauss–Legendre quadrature on [0, 1]: exact for polynomials up to degree 2n − 1. The points are the roots of the
 * Legendre polynomial Pₙ, found by Newton's method (Press et al., Numerical Recipes, 4.6).
 * @returns n points in ascending order and their weights, whose sum is 1.
 */
export function gaussLegendre(n: number): { points: Float64Array; weights: Float64Array } {
  const points = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    // A root is never far from this cosine, counted from the largest.
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 0
    for (let iteration = 0; iteration < 100; iteration++) {
      const [value, derivative] = legendre(n, x)
      slope = derivative
      const step = value / derivative
      x -= step
      if (Math.abs(step) < 1e-15) break
    }
    points[n - 1 - i] = (1 + x) / 2
    weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope)
  }
  return { points, weights }
}

/** @returns Pₙ(x) and its derivative, by the three-term recurrence. */
function legendre(n: number, x: number): [number, number] {
  let [before, value] = [0, 1]
  for (let k = 1; k <= n; k++) {
    ;[before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
  }
  return [value, (n * (x * value - before)) / (x * x - 1)]
}
