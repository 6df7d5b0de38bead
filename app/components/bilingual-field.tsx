'use client'

import { useMessages } from '@/app/components/preferences'
import { languageTag } from '@/app/messages/language'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { Field } from './field'

/** A text that is written in both languages, side by side; `issueOf` says what the server refused, by `zh` or `en`. */
export function BilingualField({
  label,
  hint,
  value,
  rows,
  issueOf,
  onChange,
}: {
  label: string
  hint?: string
  value: Bilingual
  /** Lines of a longer text; left out: one line. */
  rows?: number
  issueOf: (language: 'zh' | 'en') => string | null
  onChange: (value: Bilingual) => void
}) {
  const { language: names } = useMessages()
  return (
    <fieldset className="min-w-0">
      <legend className="font-[560]">{label}</legend>
      {hint && <p className="text-13 text-quiet">{hint}</p>}
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        {(['zh', 'en'] as const).map((language) => (
          <Field key={language} label={names[language]} error={issueOf(language)}>
            {(control) =>
              rows === undefined ? (
                <input
                  {...control}
                  className="field"
                  lang={languageTag[language]}
                  value={value[language]}
                  autoComplete="off"
                  onChange={({ target }) => onChange({ ...value, [language]: target.value })}
                />
              ) : (
                <textarea
                  {...control}
                  className="field"
                  lang={languageTag[language]}
                  rows={rows}
                  value={value[language]}
                  onChange={({ target }) => onChange({ ...value, [language]: target.value })}
                />
              )
            }
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
