import { usePreferences } from '@/app/components/preferences'
import { type PictureMessages, pictureDictionaries } from '@/app/messages/course-desk/pictures'

export function usePictureMessages(): PictureMessages {
  return pictureDictionaries[usePreferences().language.interface]
}
