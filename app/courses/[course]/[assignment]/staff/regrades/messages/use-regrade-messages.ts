'use client'

import { usePreferences } from '@/app/components/preferences'
import { regradeDictionaries } from './dictionaries'
import type { RegradeMessages } from './messages'

/** The pages' texts in the language of the interface. */
export function useRegradeMessages(): RegradeMessages {
  return regradeDictionaries[usePreferences().language.interface]
}
