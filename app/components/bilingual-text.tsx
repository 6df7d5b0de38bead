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
  const { language } = usePreferences()
  const one = language.reading === 'both' ? language.interface : language.reading
  const other = one === 'zh' ? 'en' : 'zh'
  const same = text.zh === text.en
  return (
    <>
      <span
        lang={same ? languageTag[/\p{Script=Han}/u.test(text.zh) ? 'zh' : 'en'] : languageTag[one]}
        className={clsx('block', className)}
      >
        {text[one]}
      </span>
      {language.reading === 'both' && !same && (
        <span lang={languageTag[other]} className={clsx('block', className, second)}>
          {text[other]}
        </span>
      )}
    </>
  )
}

/** @returns the text for an attribute or a single line: in the reading language, or the interface's where both are read. */
export function useOneLanguage(): (text: Bilingual) => string {
  const { language } = usePreferences()
  const one = language.reading === 'both' ? language.interface : language.reading
  return (text) => text[one]
}
