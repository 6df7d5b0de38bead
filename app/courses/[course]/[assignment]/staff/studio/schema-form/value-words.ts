'use client'

import { usePreferences } from '@/app/components/preferences'
import { isValues } from '@/lib/schema-form/problems'
import { useSchemaFormMessages } from './messages'
import { findOption } from './option-labels'

/** @returns puts a value of a form into a short line: numbers and words as they stand, choices by their names. */
export function useValueWords(): (value: unknown) => string {
  const messages = useSchemaFormMessages()
  const { language } = usePreferences()
  const words = (value: unknown): string => {
    if (value === undefined || value === null) return messages.notSet
    if (typeof value === 'boolean') return value ? messages.yes : messages.no
    if (typeof value === 'string') return findOption(value)?.[language.interface] ?? value
    if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(words).join(', ')
    if (isValues(value))
      return Object.entries(value)
        .map(([name, each]) => `${name} ${words(each)}`)
        .join(', ')
    return String(value)
  }
  return words
}
