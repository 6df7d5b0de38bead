import path from 'node:path'

/** The files that figures are computed from. */
export interface FigureSources {
  /** Folder with a folder for each model. */
  readonly models: string
  /** Folder with `pictures.json`. */
  readonly pictures: string
  /** Folder with the passages and sentences for language models. */
  readonly texts: string
}

/** What comes with Vitrine, in the folder in which it was started. */
export function bundledSources(): FigureSources {
  return {
    models: path.resolve('models'),
    pictures: path.resolve('public/pictures'),
    texts: path.resolve('prisma/seed/language'),
  }
}
