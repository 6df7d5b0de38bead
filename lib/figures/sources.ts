import path from 'node:path'
import { bundledLibrary } from '@/lib/explainers/pictures/bundled'
import type { PictureLibrary } from '@/lib/explainers/pictures/library'

/** The files that figures are computed from. */
export interface FigureSources {
  /** Folder with a folder for each model. */
  readonly models: string
  readonly pictures: PictureLibrary
  /** Folder with the passages and sentences for language models. */
  readonly texts: string
}

export function bundledPicturesFolder(): string {
  return path.resolve('public/pictures')
}

/** What comes with Vitrine, in the folder in which it was started. */
export function bundledSources(): FigureSources {
  return {
    models: path.resolve('models'),
    pictures: bundledLibrary(bundledPicturesFolder()),
    texts: path.resolve('prisma/seed/language'),
  }
}
