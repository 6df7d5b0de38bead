/** The files that figures are computed from. */
export interface FigureSources {
  /** Folder with a folder for each model. */
  readonly models: string
  /** Folder with `pictures.json`. */
  readonly pictures: string
  /** Folder with the passages and sentences for language models. */
  readonly texts: string
}
