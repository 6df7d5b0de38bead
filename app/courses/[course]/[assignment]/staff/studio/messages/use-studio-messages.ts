'use client'

import { usePreferences } from '@/app/components/preferences'
import { studioDictionaries } from './dictionaries'
import type { StudioMessages } from './messages'

/** The studio's texts in the language of the interface. */
export function useStudioMessages(): StudioMessages {
  return studioDictionaries[usePreferences().language.interface]
}
