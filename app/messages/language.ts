/** The interface speaks one language; questions are read in one or both. */
export type Language = 'zh' | 'en'
export type Reading = Language | 'both'
export type Theme = 'light' | 'dark' | 'system'

export interface LanguageChoice {
  readonly interface: Language
  readonly reading: Reading
}

export const languageCookie = 'vitrine-language'
export const themeCookie = 'vitrine-theme'

/** BCP 47 tags for `lang` attributes: Vitrine's Chinese is traditional. */
export const languageTag: Readonly<Record<Language, string>> = { zh: 'zh-Hant', en: 'en' }

/** Reading both keeps the interface's language; reading one switches the interface to it too. */
export function chooseReading(current: LanguageChoice, reading: Reading): LanguageChoice {
  return { interface: reading === 'both' ? current.interface : reading, reading }
}

/** @returns the cookie's value: `zh`, `en`, or `zh+both` and `en+both` for both in an interface of the first. */
export function writeLanguage(choice: LanguageChoice): string {
  return choice.reading === 'both' ? `${choice.interface}+both` : choice.reading
}

/**
 * @param cookie value of the language cookie; anything unknown counts as none
 * @param acceptLanguage the browser's header, which decides until the student has
 */
export function readLanguage(cookie: string | undefined, acceptLanguage: string | null): LanguageChoice {
  const [spoken, reading] = (cookie ?? '').split('+')
  if (spoken === 'zh' || spoken === 'en')
    return { interface: spoken, reading: reading === 'both' ? 'both' : spoken }
  const preferred = preferredLanguage(acceptLanguage)
  return { interface: preferred, reading: preferred }
}

export function readTheme(cookie: string | undefined): Theme {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'system'
}

function preferredLanguage(acceptLanguage: string | null): Language {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((entry, position) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
      return { tag, position, quality: quality ? Number(quality.slice(2)) || 0 : 1 }
    })
    .filter(({ tag, quality }) => quality > 0 && /^(zh|en)\b/.test(tag))
    .sort((a, b) => b.quality - a.quality || a.position - b.position)
  return ranked[0]?.tag.startsWith('zh') ? 'zh' : 'en'
}
