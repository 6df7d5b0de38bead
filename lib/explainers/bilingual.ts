/** A text in both of the languages that Vitrine speaks; each is written, not translated word for word. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}
