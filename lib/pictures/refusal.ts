import type { Bilingual } from '@/lib/explainers/bilingual'

/** What a picture may be at most, and what becomes of it. */
export const pictureLimits = {
  /** Bytes of an uploaded file. */
  bytes: 12 * 1024 * 1024,
  /** Pixels, by its header, before anything is decoded. */
  pixels: 24_000_000,
  /** Least pixels of either side. */
  leastSide: 32,
  /** Longer pictures are reduced to this side. */
  keptSide: 1024,
} as const

/** What a zip of pictures may be at most. */
export const setLimits = {
  bytes: 200 * 1024 * 1024,
  files: 1000,
  /** Bytes of all files when they are unpacked. */
  unpacked: 400 * 1024 * 1024,
  /** Pictures hardly shrink: what is packed tighter is meant to fill a disk. */
  ratio: 100,
} as const

const mebibytes = (bytes: number) => `${bytes / 1024 / 1024} MB`
const megapixels = `${pictureLimits.pixels / 1e6}`

/** Why a file is not taken as a picture: what is wrong, and what would do. */
export const refusals = {
  empty: { zh: '檔案是空的。請選擇一張圖片。', en: 'The file is empty. Choose a picture.' },
  'too-many-bytes': {
    zh: `檔案太大，最多 ${mebibytes(pictureLimits.bytes)}。請先縮小圖片。`,
    en: `The file is too large: at most ${mebibytes(pictureLimits.bytes)}. Make the picture smaller first.`,
  },
  'wrong-type': {
    zh: '內容不是 JPEG、PNG 或 WebP（副檔名不算）。請轉存成其中一種。',
    en: 'What it holds is no JPEG, PNG or WebP, whatever its name says. Save it as one of these.',
  },
  'too-many-pixels': {
    zh: `像素太多，最多 ${megapixels} 百萬像素。請先縮小圖片。`,
    en: `It has too many pixels: at most ${megapixels} million. Make the picture smaller first.`,
  },
  'too-small': {
    zh: `圖片太小，每邊至少要有 ${pictureLimits.leastSide} 像素。`,
    en: `It is too small: each side needs at least ${pictureLimits.leastSide} pixels.`,
  },
  animated: {
    zh: '這是動畫。請只存其中一格。',
    en: 'It is an animation. Save one frame of it.',
  },
  damaged: {
    zh: '檔案已損壞或不完整，無法解碼。請重新匯出或下載。',
    en: 'The file is damaged or cut short and cannot be decoded. Export or download it again.',
  },
} as const satisfies Record<string, Bilingual>

export type RefusalReason = keyof typeof refusals

/** An uploaded file that is not taken as a picture. */
export class PictureRefusal extends Error {
  override readonly name = 'PictureRefusal'

  constructor(
    readonly reason: RefusalReason,
    options?: { cause?: unknown },
  ) {
    super(refusals[reason].en, options)
  }
}
