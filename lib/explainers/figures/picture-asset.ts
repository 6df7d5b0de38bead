import type { ImagePanel } from './document'

/** Name of the PNG of a picture, by its number, among a figure's assets. */
export const pictureAsset = ({ number }: { readonly number: number }) => `picture-${number}.png`

/** @returns the number of the picture that a panel shows, or whose map it is; null for a picture that was made. */
export function pictureNumberOf({ asset, over }: Pick<ImagePanel, 'asset' | 'over'>): number | null {
  const number = /^picture-(\d+)\.png$/.exec(over ?? asset)?.[1]
  return number === undefined ? null : Number(number)
}
