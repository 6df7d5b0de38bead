'use client'

import { usePreferences } from '@/app/components/preferences'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import type { DeskMessages } from '@/app/messages/staff-desk/messages'

export function useDeskMessages(): DeskMessages {
  return deskDictionaries[usePreferences().language.interface]
}
