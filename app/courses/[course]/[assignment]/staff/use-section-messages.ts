import { usePreferences } from '@/app/components/preferences'
import { type SectionMessages, sectionDictionaries } from '@/app/messages/staff-desk/sections'

export function useSectionMessages(): SectionMessages {
  return sectionDictionaries[usePreferences().language.interface]
}
