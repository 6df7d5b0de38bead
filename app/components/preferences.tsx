'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { dictionaries } from '@/app/messages/dictionaries'
import {
  chooseReading,
  type LanguageChoice,
  languageCookie,
  languageTag,
  type Reading,
  type Theme,
  themeCookie,
  writeLanguage,
} from '@/app/messages/language'
import type { Messages } from '@/app/messages/messages'

interface PreferencesContext {
  readonly language: LanguageChoice
  readonly theme: Theme
  readonly messages: Messages
  readonly setReading: (reading: Reading) => void
  readonly setTheme: (theme: Theme) => void
}

const Context = createContext<PreferencesContext | null>(null)

/**
 * Language and theme for client components. A change shows at once, is kept in a cookie for a year, and the
 * server's parts of the page follow by a refresh, which keeps the state of everything on it.
 */
export function PreferencesProvider(props: { language: LanguageChoice; theme: Theme; children: ReactNode }) {
  const router = useRouter()
  const [language, setLanguage] = useState(props.language)
  const [theme, setThemeState] = useState(props.theme)
  const { interface: spoken, reading } = props.language
  // Only a change is set: a new object for the same choice would draw every reader of it again.
  useEffect(
    () =>
      setLanguage((shown) =>
        shown.interface === spoken && shown.reading === reading ? shown : { interface: spoken, reading },
      ),
    [spoken, reading],
  )

  const setReading = useCallback(
    (next: Reading) => {
      const choice = chooseReading(language, next)
      keepCookie(languageCookie, writeLanguage(choice))
      document.documentElement.lang = languageTag[choice.interface]
      setLanguage(choice)
      router.refresh()
    },
    [language, router],
  )
  const setTheme = useCallback((next: Theme) => {
    keepCookie(themeCookie, next)
    document.documentElement.dataset.theme = next
    setThemeState(next)
  }, [])

  const value = useMemo(
    () => ({ language, theme, messages: dictionaries[language.interface], setReading, setTheme }),
    [language, theme, setReading, setTheme],
  )
  return <Context value={value}>{props.children}</Context>
}

export function usePreferences(): PreferencesContext {
  const value = use(Context)
  if (!value) throw new Error('usePreferences: there is no PreferencesProvider above')
  return value
}

export function useMessages(): Messages {
  return usePreferences().messages
}

function keepCookie(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`
}
