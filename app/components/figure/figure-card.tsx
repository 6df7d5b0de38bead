'use client'

import { ChevronUp, CircleAlert, Image as ImageIcon } from 'lucide-react'
import { Fragment, useId, useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { FigureState } from '@/lib/figures/view'
import { type KnownFigure, useFigure } from './figure-source'
import { FigureViewer } from './figure-viewer'

/** The case: a question's figure in whatever state it is. Its place never changes, so the question never moves. */
export function FigureCard({
  requestId,
  pictures = [],
  given,
}: {
  requestId: string
  /** Numbers of the bundled pictures that the figure explains; shown while it is computed. */
  pictures?: readonly number[]
  given?: Partial<KnownFigure> | undefined
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
          <FigureViewer key={figure.view.figureId} view={figure.view} />
        ) : figure.state?.status === 'failed' ? (
          <FailedFigure state={figure.state} />
        ) : (
          <WaitingFigure figure={figure} pictures={pictures} />
        )}
      </div>
    </section>
  )
}

function FailedFigure({ state }: { state: Extract<FigureState, { status: 'failed' }> }) {
  const { figure } = useMessages()
  return (
    <div
      className="grid min-h-72 place-content-center gap-3 px-8 py-12 text-center"
      data-testid="figure-failed"
    >
      <CircleAlert size={26} aria-hidden="true" className="mx-auto text-warn" />
      <p className="text-17 font-[560]">{figure.failed}</p>
      <div className="mx-auto max-w-[48ch] text-quiet">
        <BilingualText text={state.message} />
      </div>
    </div>
  )
}

/** The picture beside the place of its map, and what is happening in words. */
function WaitingFigure({
  figure: { state, unreachable },
  pictures,
}: {
  figure: KnownFigure
  pictures: readonly number[]
}) {
  const { figure } = useMessages()
  const share = state?.status === 'computing' && state.total > 1 ? state.done / state.total : null
  const left = state && 'secondsLeft' in state ? state.secondsLeft : null
  return (
    <div className="px-5 pt-5 pb-6" data-testid="figure-waiting">
      <div className="grid grid-cols-2 gap-4" aria-hidden="true">
        {(pictures.length > 0 ? pictures.slice(0, 2) : [null]).map((number) => (
          <Fragment key={number}>
            <Place picture={number} />
            <Place picture={null} />
          </Fragment>
        ))}
      </div>
      <div className="mt-5 border-t pt-4">
        <p className="flex flex-wrap justify-between gap-x-4 text-13">
          <span className="font-[560]">{wordState(state, figure)}</span>
          {left !== null && <span className="text-quiet">{figure.estimate(left)}</span>}
        </p>
        <div className="mt-2 h-1 overflow-hidden rounded-full bg-hairline">
          <div
            className={`h-full rounded-full bg-accent transition-[width] duration-150 ${share === null ? 'w-1/6 animate-breathe' : ''}`}
            style={share === null ? undefined : { width: `${share * 100}%` }}
          />
        </div>
        <p className="mt-2.5 text-13 text-quiet">{unreachable ? figure.lost : figure.answeringOpen}</p>
      </div>
    </div>
  )
}

/** Where a picture or a map will be; the picture is there from the start. */
function Place({ picture }: { picture: number | null }) {
  return (
    <div>
      {picture === null ? (
        <div className="skeleton aspect-square w-full" />
      ) : (
        // biome-ignore lint/performance/noImgElement: a static file of a known size
        <img src={`/pictures/${picture}.png`} alt="" className="aspect-square w-full rounded-[4px]" />
      )}
      <div className="skeleton mt-3 h-3 w-2/3" />
    </div>
  )
}

function wordState(state: FigureState | null, figure: ReturnType<typeof useMessages>['figure']): string {
  if (state?.status === 'queued') return figure.queued(state.ahead)
  if (state?.status === 'computing') return figure.steps[state.step](state.done, state.total)
  return figure.steps.drawing(0, 0)
}
