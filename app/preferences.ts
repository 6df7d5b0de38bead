import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { dictionaries } from './messages/dictionaries'
import {
  type LanguageChoice,
  languageCookie,
  readLanguage,
  readTheme,
  type Theme,
  themeCookie,
} from './messages/language'
import type { Messages } from './messages/messages'

export interface Preferences {
  readonly language: LanguageChoice
  readonly theme: Theme
  readonly messages: Messages
}

/** The visitor's language and theme, from cookies, and from the browser's own setting until there are any. */
export const readPreferences = cache(async (): Promise<Preferences> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  const language = readLanguage(jar.get(languageCookie)?.value, sent.get('accept-language'))
  return {
    language,
    theme: readTheme(jar.get(themeCookie)?.value),
    messages: dictionaries[language.interface],
  }
})
