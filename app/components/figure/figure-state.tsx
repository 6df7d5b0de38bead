'use client'

import { CircleAlert } from 'lucide-react'
import { BilingualText } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { FigureState } from '@/lib/figures/view'
import type { KnownFigure } from './figure-source'

/** @param note what somebody can do meanwhile; by default, that answering is open. */
export function FailedFigure({
  state,
  note,
}: {
  state: Extract<FigureState, { status: 'failed' }>
  note?: string | undefined
}) {
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
      <p className="text-13 text-quiet">{note ?? figure.stillOpen}</p>
    </div>
  )
}

/**
 * How far a figure is, in words and as a bar.
 * @param note what somebody can do meanwhile; by default, that answering is open.
 */
export function FigureProgress({
  figure: { state, unreachable },
  note,
}: {
  figure: KnownFigure
  note?: string | undefined
}) {
  const { figure } = useMessages()
  const share = state?.status === 'computing' && state.total > 1 ? state.done / state.total : null
  const left = state && 'secondsLeft' in state ? state.secondsLeft : null
  return (
    <>
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
      <p className="mt-2.5 text-13 text-quiet">
        {unreachable ? figure.lost : (note ?? figure.answeringOpen)}
      </p>
    </>
  )
}

function wordState(state: FigureState | null, figure: ReturnType<typeof useMessages>['figure']): string {
  if (state?.status === 'queued') return figure.queued(state.ahead)
  if (state?.status === 'computing') return figure.steps[state.step](state.done, state.total)
  return figure.steps.drawing(0, 0)
}
