/** A linear model fitted to samples. */
export interface RidgeFit {
  /** One coefficient a feature. */
  readonly coefficients: Float64Array
  readonly intercept: number
  /** Coefficient of determination R² over the weighted samples: 1 is a perfect fit, 0 no better than the mean. */
  readonly r2: number
}

/**
 * Fits y ≈ b + Σ βᵢ·xᵢ by weighted ridge regression: minimises Σ w·(y − b − xβ)² + α·|β|², the intercept b not
 * penalised. A. E. Hoerl and R. W. Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems",
 * Technometrics 12 (1970). Solved through the normal equations of the centred samples with a Cholesky
 * factorisation in float64; they are positive definite because α is.
 *
 * @param samples [count, features], row by row; LIME's are 0 and 1.
 * @param outputs y of each sample.
 * @param weights w of each sample, not negative, with a positive sum.
 * @param alpha α, above 0.
 */
export function fitWeightedRidge(
  samples: ArrayLike<number>,
  outputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  alpha: number,
): RidgeFit {
  const count = outputs.length
  const features = samples.length / count
  if (!Number.isInteger(features)) throw new RangeError('The samples are not a whole number of rows')
  const totalWeight = Array.from(weights).reduce((a, b) => a + b, 0)
  if (weights.length !== count || !(totalWeight > 0)) throw new RangeError('Each sample needs a weight')
  if (!(alpha > 0)) throw new RangeError('The penalty alpha must be above 0')

  const { means, meanOutput } = weightedMeans(samples, outputs, weights, features, totalWeight)
  const normal = new Float64Array(features * features)
  const coefficients = new Float64Array(features)
  const row = new Float64Array(features)
  for (let sample = 0; sample < count; sample++) {
    const root = Math.sqrt(weights[sample]!)
    for (let i = 0; i < features; i++) row[i] = root * (samples[sample * features + i]! - means[i]!)
    const output = root * (outputs[sample]! - meanOutput)
    for (let i = 0; i < features; i++) {
      const value = row[i]!
      coefficients[i]! += value * output
      for (let j = 0; j <= i; j++) normal[i * features + j]! += value * row[j]!
    }
  }
  for (let i = 0; i < features; i++) normal[i * features + i]! += alpha
  factorizeCholesky(normal, features)
  solveCholesky(normal, features, coefficients)

  const intercept = meanOutput - coefficients.reduce((sum, value, i) => sum + value * means[i]!, 0)
  return {
    coefficients,
    intercept,
    r2: weightedR2(samples, outputs, weights, { coefficients, intercept, meanOutput }),
  }
}

function weightedMeans(
  samples: ArrayLike<number>,
  outputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  features: number,
  totalWeight: number,
): { readonly means: Float64Array; readonly meanOutput: number } {
  const means = new Float64Array(features)
  let meanOutput = 0
  for (let sample = 0; sample < outputs.length; sample++) {
    const weight = weights[sample]! / totalWeight
    meanOutput += weight * outputs[sample]!
    for (let i = 0; i < features; i++) means[i]! += weight * samples[sample * features + i]!
  }
  return { means, meanOutput }
}

/** Replaces the lower triangle of a symmetric positive definite matrix by its factor L with L·Lᵀ = matrix. */
function factorizeCholesky(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]!
      for (let k = 0; k < j; k++) rest -= matrix[i * size + k]! * matrix[j * size + k]!
      matrix[i * size + j] = i === j ? Math.sqrt(rest) : rest / matrix[j * size + j]!
    }
  }
}

/** Solves L·Lᵀ·x = vector in place: forward with L, then backward with Lᵀ. */
function solveCholesky(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let rest = vector[i]!
    for (let k = 0; k < i; k++) rest -= factor[i * size + k]! * vector[k]!
    vector[i] = rest / factor[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    let rest = vector[i]!
    for (let k = i + 1; k < size; k++) rest -= factor[k * size + i]! * vector[k]!
    vector[i] = rest / factor[i * size + i]!
  }
}

/** 1 − residual ÷ variation; where the outputs do not vary, 1 for a perfect fit and else 0. */
function weightedR2(
  samples: ArrayLike<number>,
  outputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  fit: { readonly coefficients: Float64Array; readonly intercept: number; readonly meanOutput: number },
): number {
  const features = fit.coefficients.length
  let residual = 0
  let variation = 0
  for (let sample = 0; sample < outputs.length; sample++) {
    let predicted = fit.intercept
    for (let i = 0; i < features; i++) predicted += fit.coefficients[i]! * samples[sample * features + i]!
    residual += weights[sample]! * (outputs[sample]! - predicted) ** 2
    variation += weights[sample]! * (outputs[sample]! - fit.meanOutput) ** 2
  }
  if (variation === 0) return residual === 0 ? 1 : 0
  return 1 - residual / variation
}
