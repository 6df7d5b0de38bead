/** Attention weights, [layers, heads, tokens, tokens] in one row; layers and heads are places, counted from 0. */
export interface Weights {
  readonly data: Float32Array
  readonly layers: number
  readonly heads: number
  readonly tokens: number
}

/** @param heads places of heads; none: all. @returns [tokens, tokens], the mean of the heads. */
export function meanOfHeads(
  { data, heads: count, tokens }: Weights,
  layer: number,
  heads: readonly number[],
): Float32Array {
  const chosen = heads.length > 0 ? heads : Array.from({ length: count }, (_, head) => head)
  const size = tokens * tokens
  const mean = new Float32Array(size)
  for (const head of chosen) {
    const start = (layer * count + head) * size
    for (let i = 0; i < size; i++) mean[i]! += data[start + i]! / chosen.length
  }
  return mean
}

export interface Link {
  /** Token that looks. */
  readonly from: number
  /** Token that is looked at. */
  readonly to: number
  /** 0 to 1. */
  readonly weight: number
}

export interface Visibility {
  /** Share of each looking token's visible weight that is kept, 0 to 1. */
  readonly mass: number
  /** Tokens that are left out, as looking and as looked at. */
  readonly hidden: ReadonlySet<number>
}

/**
 * For each token, the fewest links, strongest first, that hold at least the share `mass` of the weight it gives to
 * tokens that are not hidden; of equal weights the one to the earlier token. Weights of nothing are never shown.
 *
 * @param weights [tokens, tokens]
 * @returns links in the order of the looking tokens, strongest first
 */
export function visibleLinks(weights: Float32Array, tokens: number, { mass, hidden }: Visibility): Link[] {
  const links: Link[] = []
  for (let from = 0; from < tokens; from++) {
    if (hidden.has(from)) continue
    const row: Link[] = []
    for (let to = 0; to < tokens; to++) {
      const weight = weights[from * tokens + to]!
      if (!hidden.has(to) && weight > 0) row.push({ from, to, weight })
    }
    row.sort((one, other) => other.weight - one.weight || one.to - other.to)
    const total = row.reduce((sum, link) => sum + link.weight, 0)
    // Weights are float32: sums in another order differ by that much.
    const enough = (mass - 1e-6) * total
    let sum = 0
    for (const link of row) {
      if (sum >= enough) break
      links.push(link)
      sum += link.weight
    }
  }
  return links
}
