'use client'

import Link from 'next/link'
import { useState } from 'react'
import { pictureAddress } from '@/app/components/figure/picture-address'
import { usePreferences } from '@/app/components/preferences'
import type { PictureLine } from '@/lib/pictures/view'
import { usePictureMessages } from './use-picture-messages'

/** The course's pictures; archived ones on request. */
export function PictureGrid({ pictures, address }: { pictures: readonly PictureLine[]; address: string }) {
  const words = usePictureMessages()
  const [withArchived, setWithArchived] = useState(false)
  const archived = pictures.filter((picture) => picture.archived).length
  const shown = pictures.filter((picture) => withArchived || !picture.archived)
  return (
    <div className="mt-8">
      {archived > 0 && (
        <label className="mb-4 flex min-h-11 items-center gap-2">
          <input
            type="checkbox"
            className="tick"
            checked={withArchived}
            onChange={({ target }) => setWithArchived(target.checked)}
          />
          {words.showArchived(archived)}
        </label>
      )}
      {shown.length === 0 ? (
        <p className="case px-6 py-10 text-center text-quiet">{words.none}</p>
      ) : (
        <PictureCards pictures={shown} address={address} />
      )}
    </div>
  )
}

/** @param pictures named by their number in text where they are bundled. */
export function PictureCards({ pictures, address }: { pictures: readonly PictureLine[]; address: string }) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  return (
    <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
      {pictures.map(({ pictureId, title, className, label, regions, archived }) => (
        <li key={pictureId} className="min-w-0">
          <Link href={`${address}/${pictureId}`} className="group block" prefetch={false}>
            {/* biome-ignore lint/performance/noImgElement: a file of a known size, for members only */}
            <img
              src={pictureAddress(/^\d+$/.test(pictureId) ? Number(pictureId) : pictureId)}
              alt=""
              loading="lazy"
              className={`aspect-square w-full rounded-[4px] border bg-white object-contain ${archived ? 'opacity-55' : ''}`}
            />
            <span className="mt-2 block font-[560] break-words group-hover:underline">
              {title[language.interface]}
            </span>
          </Link>
          <p className="text-13 text-quiet">
            {className?.[language.interface] ?? (label === null ? words.noClass : words.classNumber(label))}
            {' · '}
            {words.regionCount(regions)}
            {archived && ` · ${words.archived}`}
          </p>
        </li>
      ))}
    </ul>
  )
}
