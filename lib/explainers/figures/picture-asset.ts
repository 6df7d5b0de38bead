import { type PictureName, parsePictureName } from '../pictures/picture-name'
import type { ImagePanel } from './document'

/** Name of the PNG of a picture among a figure's assets. */
export const pictureAsset = ({ id }: { readonly id: PictureName }) => `picture-${id}.png`

/** @returns the name of the picture that a panel shows, or whose map it is; null for a picture that was made. */
export function pictureShownIn({ asset, over }: Pick<ImagePanel, 'asset' | 'over'>): PictureName | null {
  const name = /^picture-([a-z0-9]+)\.png$/.exec(over ?? asset)?.[1]
  return name === undefined ? null : parsePictureName(name)
}
