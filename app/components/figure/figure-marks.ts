'use client'

import { createContext, use } from 'react'
import type { ImagePanel, Panel } from '@/lib/explainers/figures/document'
import { pictureShownIn } from '@/lib/explainers/figures/picture-asset'
import { type Spot, spotsOf } from '@/lib/explainers/figures/spots'
import type { FigureMark, PictureMark, ThingMark } from '@/lib/feedback/view'

const none: readonly FigureMark[] = []

/** What every figure below points out, in each of its panels that shows it. */
export const FigureMarks = createContext(none)

/** A thing that is pointed out, and where in the panel it is. */
export interface SpottedMark extends ThingMark {
  readonly spots: readonly Spot[]
}

const noSpots: readonly SpottedMark[] = []

const noPictureMarks: readonly PictureMark[] = []

/** @returns what is pointed out in the picture of a panel; the same array as long as nothing is. */
export function useMarksOf(panel: ImagePanel): readonly PictureMark[] {
  const marks = use(FigureMarks)
  if (marks.length === 0) return noPictureMarks
  const picture = pictureShownIn(panel)
  return marks.filter((mark): mark is PictureMark => 'picture' in mark && mark.picture === picture)
}

/** @returns the things that are pointed out in a panel; the same array as long as nothing is. */
export function useSpotsOf(panel: Panel): readonly SpottedMark[] {
  const marks = use(FigureMarks)
  if (marks.length === 0) return noSpots
  return marks.flatMap((mark) => {
    const spots = 'thing' in mark ? spotsOf(panel, mark.thing) : []
    return 'thing' in mark && spots.length > 0 ? [{ ...mark, spots }] : []
  })
}

/** @returns the mark that means the panel as a whole. */
export function wholePanel(marks: readonly SpottedMark[]): SpottedMark | undefined {
  return marks.find(({ spots }) => spots.some(({ at }) => at === 'panel'))
}

/** @returns by row, the mark that means it. */
export function markedRows(marks: readonly SpottedMark[]): ReadonlyMap<number, SpottedMark> {
  const rows = new Map<number, SpottedMark>()
  for (const mark of marks)
    for (const spot of mark.spots) if (spot.at === 'row' && !rows.has(spot.row)) rows.set(spot.row, mark)
  return rows
}
