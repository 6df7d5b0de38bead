'use client'

import { clsx } from 'clsx'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { SpottedMark } from './figure-marks'

/** @returns the frame of a tile that is pointed out: solid, or dashed for what leads instead. */
export function tileFrame(mark: SpottedMark | undefined): string | undefined {
  if (!mark) return undefined
  return `outline-2 outline-ink -outline-offset-1 rounded-[3px] ${mark.role === 'leading' ? 'outline-dashed' : 'outline'}`
}

/** @returns the frame of a row of a table with collapsed borders; rows below each other that mean the same have one. */
export function rowFrame(marked: ReadonlyMap<number, SpottedMark>, row: number): string | undefined {
  const mark = marked.get(row)
  if (!mark) return undefined
  return clsx('border-x-2 border-ink', {
    'border-t-2': marked.get(row - 1) !== mark,
    'border-b-2': marked.get(row + 1) !== mark,
    'border-dashed': mark.role === 'leading',
  })
}

/** The same for assistive technology. */
export function RowMark({ mark }: { mark: SpottedMark | undefined }) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  return mark ? <span className="sr-only"> {figure.outlined(say(mark.name))}</span> : null
}
