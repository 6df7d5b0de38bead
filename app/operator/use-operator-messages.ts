'use client'

import { usePreferences } from '@/app/components/preferences'
import { type OperatorMessages, operatorDictionaries } from './messages/messages'

/** The pages' texts in the language of the interface. */
export function useOperatorMessages(): OperatorMessages {
  return operatorDictionaries[usePreferences().language.interface]
}
