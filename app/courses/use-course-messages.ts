import { usePreferences } from '@/app/components/preferences'
import { type CourseMessages, courseDictionaries } from '@/app/messages/course-desk/courses'

export function useCourseMessages(): CourseMessages {
  return courseDictionaries[usePreferences().language.interface]
}
