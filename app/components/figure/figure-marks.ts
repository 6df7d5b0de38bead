'use client'

import { createContext, use } from 'react'
import type { ImagePanel } from '@/lib/explainers/figures/document'
import { pictureShownIn } from '@/lib/explainers/figures/picture-asset'
import type { FigureMark } from '@/lib/feedback/view'

const none: readonly FigureMark[] = []

/** Places that every figure below points out, in each of its panels of their picture. */
export const FigureMarks = createContext(none)

/** @returns what is pointed out in a panel; the same array as long as nothing is. */
export function useMarksOf(panel: ImagePanel): readonly FigureMark[] {
  const marks = use(FigureMarks)
  if (marks.length === 0) return none
  const picture = pictureShownIn(panel)
  return marks.filter((mark) => mark.picture === picture)
}
