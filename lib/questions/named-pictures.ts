import { measuredPictures } from '@/lib/explainers/claims/place'
import { type FigureSpec, picturesOf } from '@/lib/explainers/figures/spec'
import { measurementsOf, type TriedKey } from '@/lib/verification/part-verdict'

/** @returns ids of the uploaded pictures that a key measures in, each once. */
export function uploadedPicturesOfKey(key: { readonly [partId: string]: TriedKey }): string[] {
  const measured = Object.values(key).flatMap((part) =>
    Object.values(measurementsOf(part)).flatMap(measuredPictures),
  )
  return [...new Set(measured.filter((id) => typeof id === 'string'))]
}

/** @returns ids of the uploaded pictures that a question's figure or key names, each once. */
export function uploadedPictures(
  figureSpec: FigureSpec | null,
  key: { readonly [partId: string]: TriedKey },
): string[] {
  const shown = figureSpec ? picturesOf(figureSpec).filter((id) => typeof id === 'string') : []
  return [...new Set([...shown, ...uploadedPicturesOfKey(key)])]
}
