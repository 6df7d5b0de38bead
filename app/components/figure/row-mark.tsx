'use client'

import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { SpottedMark } from './figure-marks'

/** @returns the frame of a row or tile that is pointed out: solid, or dashed for what leads instead. */
export function rowFrame(mark: SpottedMark | undefined): string | undefined {
  if (!mark) return undefined
  return `outline-2 outline-ink -outline-offset-1 rounded-[3px] ${mark.role === 'leading' ? 'outline-dashed' : 'outline'}`
}

/** The same for assistive technology. */
export function RowMark({ mark }: { mark: SpottedMark | undefined }) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  return mark ? <span className="sr-only"> {figure.outlined(say(mark.name))}</span> : null
}
