'use client'

import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { useStudioMessages } from '../messages/use-studio-messages'

/** Which figure stands beside the question. */
export function FigureFields({
  value,
}: {
  courseSlug: string
  value: FigureSpec | null
  onChange: (spec: FigureSpec | null) => void
}) {
  const { form } = useStudioMessages()
  return (
    <fieldset className="@container border-t pt-5">
      <legend className="float-left text-17 font-[580]">{form.figure}</legend>
      <p className="clear-both pt-3 text-quiet">{value ? form.figureOf(value.layout) : form.noFigure}</p>
    </fieldset>
  )
}
