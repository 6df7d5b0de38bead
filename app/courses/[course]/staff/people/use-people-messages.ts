import { usePreferences } from '@/app/components/preferences'
import { type PeopleMessages, peopleDictionaries } from '@/app/messages/course-desk/people'

export function usePeopleMessages(): PeopleMessages {
  return peopleDictionaries[usePreferences().language.interface]
}
