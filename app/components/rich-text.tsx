'use client'

import { clsx } from 'clsx'
import type { RichBilingual } from '@/lib/questions/rich-content'
import { useReading } from './bilingual-text'

/**
 * A text of a question, as `BilingualText`, with its emphasis, lists and formulas. The HTML comes ready and safe from
 * `lib/questions/markdown.ts`; this page needs no Markdown.
 */
export function RichText({
  text,
  as = 'block',
  className,
  second = 'mt-1 text-quiet',
}: {
  text: RichBilingual
  /** `inline`: an option; `line`: the beginning of a text, for a list. */
  as?: 'block' | 'inline' | 'line'
  className?: string
  /** Classes of the other language where both are read. */
  second?: string
}) {
  const Place = as === 'block' ? 'div' : 'span'
  return useReading(text).map(({ language, lang, isSecond }) => {
    const html = text.html?.[language] ?? null
    const classes = clsx('block', className, isSecond && second)
    return html === null ? (
      <span key={language} lang={lang} className={classes}>
        {text[language]}
      </span>
    ) : (
      <Place
        key={language}
        lang={lang}
        className={clsx(as === 'line' ? 'rich-line' : 'rich', classes)}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised where it was rendered
        dangerouslySetInnerHTML={{ __html: html }}
      />
    )
  })
}
