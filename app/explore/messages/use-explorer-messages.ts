'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import { en } from './en'
import type { ExplorerMessages } from './messages'
import { zh } from './zh'

const dictionaries: Readonly<Record<Language, ExplorerMessages>> = { zh, en }

/** The explorer's texts in the language of the interface. */
export function useExplorerMessages(): ExplorerMessages {
  return dictionaries[usePreferences().language.interface]
}
