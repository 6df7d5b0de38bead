'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
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
import { loadDictionary } from '@/app/messages/load-dictionary'
import type { Messages } from '@/app/messages/messages'

interface PreferencesContext {
  readonly language: LanguageChoice
  readonly theme: Theme
  readonly messages: Messages
  readonly setReading: (reading: Reading) => void
  readonly setTheme: (theme: Theme) => void
}

const Context = createContext<PreferencesContext | null>(null)

const Nothing = () => null
/** Drawn by the server, these name the dictionary's script in the page's head, so that it comes with the first ones. */
const DictionaryHint = {
  zh: dynamic(() => import('@/app/messages/zh').then(() => Nothing)),
  en: dynamic(() => import('@/app/messages/en').then(() => Nothing)),
}

/** Milliseconds after which the other language is fetched, so that it is there at the press and without a network. */
const SETTLED = 4_000

/**
 * Language and theme for client components. A change shows at once, is kept in a cookie for a year, and the
 * server's parts of the page follow by a refresh, which keeps the state of everything on it.
 */
export function PreferencesProvider(props: { language: LanguageChoice; theme: Theme; children: ReactNode }) {
  const router = useRouter()
  const [language, setLanguage] = useState(props.language)
  const [theme, setThemeState] = useState(props.theme)
  const { interface: spoken, reading } = props.language
  const [first] = useState(spoken)
  const [messages, setMessages] = useState(use(loadDictionary(first)))
  useEffect(() => {
    let current = true
    loadDictionary(language.interface).then(
      (dictionary) => current && setMessages(dictionary),
      () => {}, // without a network the interface stays as it is; questions are on the page in both languages
    )
    const timer = setTimeout(() => {
      for (const each of ['zh', 'en'] as const) loadDictionary(each).catch(() => {})
    }, SETTLED)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [language.interface])
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
    () => ({ language, theme, messages, setReading, setTheme }),
    [language, theme, messages, setReading, setTheme],
  )
  const Hint = DictionaryHint[first]
  return (
    <Context value={value}>
      <Hint />
      {props.children}
    </Context>
  )
}

/** Below it, everything is said and read as by somebody with this choice of languages. Suspends for its dictionary. */
export function ReadingAs({ reading, children }: { reading: Reading; children: ReactNode }) {
  const around = usePreferences()
  const language = chooseReading(around.language, reading)
  const messages = use(loadDictionary(language.interface))
  return <Context value={{ ...around, language, messages }}>{children}</Context>
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
