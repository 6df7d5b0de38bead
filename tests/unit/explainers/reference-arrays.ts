import { readFileSync } from 'node:fs'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { decodeNpy } from '@/lib/explainers/npy'

/** Pictures of the reference with their labels. */
export const referencePictures = [
  { picture: 0, label: 0 },
  { picture: 2, label: 1 },
  { picture: 5, label: 3 },
] as const

/** Made with PyTorch: inputs, logits and maps of three pictures. */
export function readReference(picture: number, name: string): FloatTensor {
  const file = new URL(`../../fixtures/reference/picture${picture}_${name}.npy`, import.meta.url)
  return decodeNpy(readFileSync(file)) as FloatTensor
}

/** @returns the correlation of Pearson. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((x, y) => x + y, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - meanA, b[i]! - meanB]
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return ab / Math.sqrt(aa * bb)
}
