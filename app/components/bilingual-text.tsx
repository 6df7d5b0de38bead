'use client'

import { clsx } from 'clsx'
import { languageTag } from '@/app/messages/language'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { usePreferences } from './preferences'

/**
 * A text in the chosen reading language or languages, each with its `lang`. With both, the interface's language
 * leads and the other stands below it, quieter. A text that is the same in both (a number, a layer's name) is said once.
 */
export function BilingualText({
  text,
  className,
  second = 'mt-1 text-quiet',
}: {
  text: Bilingual
  className?: string
  /** Classes of the other language where both are read. */
  second?: string
}) {
  return useReading(text).map(({ language, lang, isSecond }) => (
    <span key={language} lang={lang} className={clsx('block', className, isSecond && second)}>
      {text[language]}
    </span>
  ))
}

/** @returns in which of its languages a text is to be said, in this order. */
export function useReading(text: Bilingual): readonly {
  readonly language: 'zh' | 'en'
  readonly lang: string
  readonly isSecond: boolean
}[] {
  const { language } = usePreferences()
  const one = language.reading === 'both' ? language.interface : language.reading
  const other = one === 'zh' ? 'en' : 'zh'
  const same = text.zh === text.en
  const spoken = same ? (/\p{Script=Han}/u.test(text.zh) ? 'zh' : 'en') : one
  const first = { language: one, lang: languageTag[spoken], isSecond: false }
  if (language.reading !== 'both' || same) return [first]
  return [first, { language: other, lang: languageTag[other], isSecond: true }]
}

/** @returns the text for an attribute or a single line: in the reading language, or the interface's where both are read. */
export function useOneLanguage(): (text: Bilingual) => string {
  const { language } = usePreferences()
  const one = language.reading === 'both' ? language.interface : language.reading
  return (text) => text[one]
}
