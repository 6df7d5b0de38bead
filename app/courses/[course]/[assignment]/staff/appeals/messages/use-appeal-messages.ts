'use client'

import { usePreferences } from '@/app/components/preferences'
import { appealDictionaries } from './dictionaries'
import type { AppealMessages } from './messages'

/** The pages' texts in the language of the interface. */
export function useAppealMessages(): AppealMessages {
  return appealDictionaries[usePreferences().language.interface]
}
