import type { SimilarityMetric } from '@/lib/explorations/view'

/** For a small square: `.62`, `−.05`, `1`; distances `7.31`, `12.6`. */
export function formatShort(value: number, metric: SimilarityMetric): string {
  if (metric === 'euclidean') return value === 0 ? '0' : value.toFixed(value < 9.995 ? 2 : 1)
  if (value >= 0.995) return '1'
  const [sign, size] = [value <= -0.005 ? '−' : '', Math.abs(value).toFixed(2)]
  return sign + size.replace(/^0/, '')
}
