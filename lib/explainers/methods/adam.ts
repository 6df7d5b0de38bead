/**
 * Adam, the optimiser: D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1,
 * with its customary β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. Moments are kept in float64.
 */
export class Adam {
  readonly #first: Float64Array
  readonly #second: Float64Array
  #steps = 0

  constructor(
    size: number,
    private readonly learningRate: number,
  ) {
    this.#first = new Float64Array(size)
    this.#second = new Float64Array(size)
  }

  /** Moves `values` one step against `gradient`, in place. */
  step(values: Float32Array, gradient: ArrayLike<number>): void {
    const [decay1, decay2, epsilon] = [0.9, 0.999, 1e-8]
    this.#steps += 1
    const correction1 = 1 - decay1 ** this.#steps
    const correction2 = 1 - decay2 ** this.#steps
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i]!
      const first = decay1 * this.#first[i]! + (1 - decay1) * g
      const second = decay2 * this.#second[i]! + (1 - decay2) * g * g
      this.#first[i] = first
      this.#second[i] = second
      values[i] =
        values[i]! - (this.learningRate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon)
    }
  }
}
