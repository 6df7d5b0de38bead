'use client'

import { usePreferences } from '@/app/components/preferences'
import { type ModelMessages, modelDictionaries } from '@/app/messages/course-desk/models'

/** The page's texts in the language of the interface. */
export function useModelMessages(): ModelMessages {
  return modelDictionaries[usePreferences().language.interface]
}
