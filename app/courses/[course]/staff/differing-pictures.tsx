'use client'

import Link from 'next/link'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { usePreferences } from '@/app/components/preferences'
import type { PictureDifference } from '@/lib/pictures/said-otherwise'

const words = {
  en: {
    otherClass: 'is of another class here',
    lacking: (regions: string) => `lacks here: ${regions}`,
    separator: ', ',
  },
  zh: {
    otherClass: '在這裡是另一個類別',
    lacking: (regions: string) => `在這裡沒有這些區域：${regions}`,
    separator: '、',
  },
}

/** The course’s own pictures of which it says otherwise than what was to be copied, each with the way to its page. */
export function DifferingPictures({
  course,
  pictures,
}: {
  course: string
  pictures: readonly PictureDifference[]
}) {
  const { otherClass, lacking, separator } = words[usePreferences().language.interface]
  const say = useOneLanguage()
  return (
    <ul className="mt-1 grid gap-1 text-13">
      {pictures.map((picture) => (
        <li key={picture.pictureId}>
          <Link className="link" href={`/courses/${course}/staff/pictures/${picture.pictureId}`}>
            {say(picture.title)}
          </Link>{' '}
          {[
            ...(picture.otherClass ? [otherClass] : []),
            ...(picture.lacking.length > 0 ? [lacking(picture.lacking.map(say).join(separator))] : []),
          ].join(separator)}
        </li>
      ))}
    </ul>
  )
}
