'use client'

import { useId } from 'react'
import { languageTag } from '@/app/messages/language'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { useStudioMessages } from '../messages/use-studio-messages'

const languages = ['zh', 'en'] as const

/**
 * A text in both languages, side by side; one below the other where there is no room. Each grows with what is written.
 * @param notes what is missing or differs between the two
 */
export function BilingualField({
  id,
  label,
  hint,
  value,
  rows = 2,
  notes = [],
  compact = false,
  onChange,
}: {
  id: string
  label: string
  hint?: string
  value: Bilingual
  rows?: number
  notes?: readonly { readonly severity: 'error' | 'warning'; readonly message: string }[]
  /** Without a heading of its own: the label is only spoken. */
  compact?: boolean
  onChange: (value: Bilingual, language: 'zh' | 'en') => void
}) {
  const { form } = useStudioMessages()
  const note = useId()
  return (
    <fieldset id={id} className="min-w-0 scroll-mt-32" aria-describedby={note}>
      <legend className={compact ? 'sr-only' : 'text-13 font-[560]'}>{label}</legend>
      <div className={`grid gap-2 @xl:grid-cols-2 ${compact ? '' : 'mt-1.5'}`}>
        {languages.map((language) => (
          <label key={language} className="relative block min-w-0">
            <span
              aria-hidden="true"
              className="pointer-events-none absolute top-1.5 right-2.5 text-13 font-[560] text-quiet"
            >
              {language === 'zh' ? '中' : 'EN'}
            </span>
            <span className="sr-only">{`${label}, ${form.languages[language]}`}</span>
            <textarea
              rows={rows}
              lang={languageTag[language]}
              className="field block resize-y field-sizing-content pr-10 text-15!"
              aria-invalid={
                value[language].trim() === '' && notes.some(({ severity }) => severity === 'error')
              }
              value={value[language]}
              onChange={({ target }) => onChange({ ...value, [language]: target.value }, language)}
            />
          </label>
        ))}
      </div>
      <div id={note} className="mt-1 grid gap-0.5 text-13 empty:hidden">
        {hint && <p className="text-quiet">{hint}</p>}
        {notes.map(({ severity, message }) => (
          <p key={message} className={severity === 'error' ? 'text-wrong' : 'text-warn'}>
            {message}
          </p>
        ))}
      </div>
    </fieldset>
  )
}
