'use client'

import { clsx } from 'clsx'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Scrolling } from '@/app/components/scrolling'
import type { PictureChoice } from '@/lib/figure-previews/view'
import { useFigureEditorMessages } from './messages'

/** The course's pictures as small ones; those chosen carry their place in the figure. */
export function PicturePicker({
  pictures,
  chosen,
  single,
  onChange,
}: {
  pictures: readonly PictureChoice[]
  chosen: readonly (number | string)[]
  /** One picture, which another one takes the place of. */
  single: boolean
  onChange: (chosen: (number | string)[]) => void
}) {
  const messages = useFigureEditorMessages()
  const say = useOneLanguage()
  return (
    <Scrolling
      label={messages.ofPictures}
      className="grid max-h-72 grid-cols-[repeat(auto-fill,minmax(4.25rem,1fr))] gap-2 p-1"
    >
      {pictures.map(({ name, title, address }) => {
        const place = chosen.indexOf(name)
        const isChosen = place >= 0
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isChosen}
            title={messages.picture(name, say(title))}
            className={clsx(
              'relative aspect-square overflow-hidden rounded-small border-2',
              isChosen ? 'border-accent' : 'border-transparent hover:border-edge',
            )}
            onClick={() => {
              if (single) onChange([name])
              else onChange(isChosen ? chosen.filter((each) => each !== name) : [...chosen, name])
            }}
          >
            {/* biome-ignore lint/performance/noImgElement: a small picture of a known size */}
            <img
              src={address}
              alt={messages.picture(name, say(title))}
              loading="lazy"
              className="size-full object-cover"
            />
            {isChosen && !single && (
              <span
                aria-hidden="true"
                className="numbers absolute top-1 left-1 grid size-5 place-content-center rounded-full bg-accent text-[0.75rem] font-semibold text-on-accent"
              >
                {place + 1}
              </span>
            )}
          </button>
        )
      })}
    </Scrolling>
  )
}
