import type { Language } from './language'
import type { Messages } from './messages'

const loading: Partial<Record<Language, Promise<Messages>>> = {}

/** One language's texts. A browser fetches only what is spoken; each language is fetched once. */
export function loadDictionary(language: Language): Promise<Messages> {
  const known = loading[language]
  if (known) return known
  const fetched =
    language === 'zh'
      ? import('./zh').then((module) => module.zh)
      : import('./en').then((module) => module.en)
  loading[language] = fetched
  fetched.catch(() => delete loading[language])
  return fetched
}
