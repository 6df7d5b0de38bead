'use client'

import { usePreferences } from '@/app/components/preferences'
import { datesDictionaries } from './dictionaries'
import type { DatesMessages } from './messages'

/** The page's texts in the language of the interface. */
export function useDatesMessages(): DatesMessages {
  return datesDictionaries[usePreferences().language.interface]
}
