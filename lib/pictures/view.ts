import type { Bilingual } from '@/lib/explainers/bilingual'

/** A named part of a picture. Its id in the mask is its place in the list, from 1. */
export interface PictureRegion {
  readonly name: Bilingual
  /** Whether it is what the picture's class names. */
  readonly explained: boolean
}

export interface PackedMask {
  readonly width: number
  readonly height: number
  /** A byte a pixel, row by row: the region's id, 0 where there is none. Deflated (raw), in base64. */
  readonly deflated: string
}

/** Longest side of a mask: four pixels for each that classifiers see. */
export const MASK_SIDE = 512

/** @returns the size of a picture's mask, of the same form. */
export function maskSizeOf({ width, height }: { readonly width: number; readonly height: number }): {
  readonly width: number
  readonly height: number
} {
  const scale = Math.min(1, MASK_SIDE / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

/** What a classifier makes of a picture. */
export interface PictureLookResult {
  readonly model: string
  readonly classes: readonly string[]
  /** One a class. */
  readonly probabilities: readonly number[]
  /** Size of the classifier's input, in which superpixels are cut. */
  readonly width: number
  readonly height: number
}

export type PictureLookView =
  /** `none`: nobody looks at bundled pictures. */
  | { readonly state: 'computing' | 'failed' | 'none' }
  | (PictureLookResult & {
      readonly state: 'ready'
      /** LIME's: 16-bit little-endian numbers from 1, row by row. Deflated (raw), in base64. */
      readonly superpixels: string
    })

/** A picture in the list of a course. */
export interface PictureLine {
  readonly pictureId: string
  readonly title: Bilingual
  readonly label: number | null
  /** null: no class, or the classifier has not looked yet. */
  readonly className: Bilingual | null
  readonly width: number
  readonly height: number
  readonly regions: number
  readonly archived: boolean
}

export interface PictureUse {
  readonly assignment: Bilingual
  readonly question: string
}

export interface PictureView extends Omit<PictureLine, 'regions'> {
  readonly revision: number
  readonly regions: readonly PictureRegion[]
  readonly mask: PackedMask | null
  readonly look: PictureLookView
  /** Questions that show it or measure in it. */
  readonly usedBy: readonly PictureUse[]
}

/** What became of a file of a zip, or would become. */
export interface SetLine {
  readonly file: string
  readonly label: number
  /** `known`: the course has this picture already. */
  readonly state: 'new' | 'known'
}
