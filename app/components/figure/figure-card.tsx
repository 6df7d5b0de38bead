'use client'

import { ChevronUp, Image as ImageIcon } from 'lucide-react'
import { Fragment, useId, useState } from 'react'
import { useMessages } from '@/app/components/preferences'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import { FigureBoundary } from './figure-boundary'
import { type KnownFigure, useFigure } from './figure-source'
import { FailedFigure, FigureProgress } from './figure-state'
import { FigureViewer } from './figure-viewer'
import { pictureAddress } from './picture-address'
import { TrustFold, type TrustPlace } from './trust-fold'

/** The case: a question's figure in whatever state it is. Its place never changes, so the question never moves. */
export function FigureCard({
  requestId,
  pictures = [],
  given,
  trust,
}: {
  requestId: string
  /** The pictures that the figure explains; shown while it is computed. */
  pictures?: readonly PictureName[]
  given?: Partial<KnownFigure> | undefined
  /** Where it is told how far the figure's maps can be trusted; null: it shows none. */
  trust?: TrustPlace | null
}) {
  const messages = useMessages()
  const [shown, setShown] = useState(true)
  const bodyId = useId()
  const figure = useFigure(requestId, given)
  return (
    <section aria-label={messages.figure.title} className="case overflow-clip">
      <button
        type="button"
        className="flex min-h-11 w-full items-center justify-between px-5 text-13 font-[560] text-quiet lg:hidden"
        aria-expanded={shown}
        aria-controls={bodyId}
        onClick={() => setShown(!shown)}
      >
        <span className="flex items-center gap-2">
          <ImageIcon size={16} aria-hidden="true" />
          {shown ? messages.figure.hide : messages.figure.show}
        </span>
        <ChevronUp
          size={18}
          aria-hidden="true"
          className={`transition-transform duration-150 ${shown ? '' : 'rotate-180'}`}
        />
      </button>
      <div
        id={bodyId}
        className={`${shown ? '' : 'hidden'} h-[40svh] overflow-y-auto overscroll-contain border-t lg:block lg:h-auto lg:overflow-visible lg:border-t-0`}
      >
        {figure.view ? (
          <>
            <FigureBoundary key={figure.view.figureId}>
              <FigureViewer view={figure.view} />
            </FigureBoundary>
            {trust && <TrustFold {...trust} />}
          </>
        ) : figure.state?.status === 'failed' ? (
          <FailedFigure state={figure.state} />
        ) : (
          <WaitingFigure figure={figure} pictures={pictures} />
        )}
      </div>
    </section>
  )
}

/** The picture beside the place of its map, and what is happening in words. */
function WaitingFigure({ figure, pictures }: { figure: KnownFigure; pictures: readonly PictureName[] }) {
  return (
    <div className="px-5 pt-5 pb-6" data-testid="figure-waiting">
      <div className="grid grid-cols-2 gap-4" aria-hidden="true">
        {(pictures.length > 0 ? pictures.slice(0, 2) : [null]).map((picture) => (
          <Fragment key={picture}>
            <Place picture={picture} />
            <Place picture={null} />
          </Fragment>
        ))}
      </div>
      <div className="mt-5 border-t pt-4">
        <FigureProgress figure={figure} />
      </div>
    </div>
  )
}

/** Where a picture or a map will be; the picture is there from the start. */
function Place({ picture }: { picture: PictureName | null }) {
  return (
    <div>
      {picture === null ? (
        <div className="skeleton aspect-square w-full" />
      ) : (
        // biome-ignore lint/performance/noImgElement: a file of a known size
        <img src={pictureAddress(picture)} alt="" className="aspect-square w-full rounded-[4px]" />
      )}
      <div className="skeleton mt-3 h-3 w-2/3" />
    </div>
  )
}
