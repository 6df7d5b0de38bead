'use client'

import { useState } from 'react'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { FigureEditor } from '../figure/figure-editor'
import { FigurePreview } from '../figure/figure-preview'
import { useStudioMessages } from '../messages/use-studio-messages'

/** Which figure stands beside the question, and what it looks like before it is published. */
export function FigureFields({
  courseSlug,
  value,
  onChange,
}: {
  courseSlug: string
  value: FigureSpec | null
  onChange: (spec: FigureSpec | null) => void
}) {
  const { form } = useStudioMessages()
  const [problems, setProblems] = useState(0)
  return (
    <fieldset className="@container border-t pt-5">
      <legend className="float-left text-17 font-[580]">{form.figure}</legend>
      <div className="clear-both grid gap-6 pt-4">
        <FigureEditor courseSlug={courseSlug} value={value} onChange={onChange} onProblems={setProblems} />
        {value && <FigurePreview courseSlug={courseSlug} spec={value} complete={problems === 0} />}
      </div>
    </fieldset>
  )
}
