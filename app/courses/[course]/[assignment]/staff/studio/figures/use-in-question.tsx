'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useId, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useInBrowser } from '@/app/components/local-time'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { useFigureEditorMessages } from '../figure/messages'
import { keepInDraft } from './draft-requests'

export interface OfferedQuestion {
  readonly questionId: string
  readonly slug: string
  readonly label: string
  readonly prompt: Bilingual
  /** The latest; null: never published. */
  readonly version: number | null
}

type State = 'idle' | 'keeping' | 'conflict' | 'failed' | { readonly kept: OfferedQuestion }

/** Puts the figure into a question's draft. Students see it when the question is published. */
export function UseInQuestion({
  spec,
  complete,
  questions,
  studio,
}: {
  spec: FigureSpec
  complete: boolean
  questions: readonly OfferedQuestion[]
  studio: string
}) {
  const messages = useFigureEditorMessages()
  const say = useOneLanguage()
  const ready = useInBrowser()
  const id = useId()
  const [chosen, setChosen] = useState('')
  const [state, setState] = useState<State>('idle')
  const question = questions.find(({ questionId }) => questionId === chosen)
  async function keep() {
    if (!question) return
    setState('keeping')
    const outcome = await keepInDraft(question, spec)
    setState(outcome === 'kept' ? { kept: question } : outcome)
  }
  return (
    <div className="mt-5">
      <label htmlFor={id} className="block text-13 font-[540]">
        {messages.useIn}
      </label>
      <div className="mt-1.5 flex flex-wrap gap-3">
        <select
          id={id}
          className="field min-w-0 flex-1 basis-60"
          disabled={!ready}
          value={chosen}
          onChange={({ target }) => {
            setChosen(target.value)
            setState('idle')
          }}
        >
          <option value="">{messages.choose}</option>
          {questions.map(({ questionId, label, prompt }) => (
            <option key={questionId} value={questionId}>
              {messages.question(label, say(prompt))}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button"
          disabled={!ready || !question || !complete || state === 'keeping'}
          onClick={() => void keep()}
        >
          {state === 'keeping' && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
          {messages.intoDraft}
        </button>
      </div>
      <p role="status" className="mt-1.5 text-13 text-quiet">
        {state === 'conflict' && <span className="text-wrong">{messages.draftConflict}</span>}
        {state === 'failed' && <span className="text-wrong">{messages.unreachable}</span>}
        {typeof state === 'object' && (
          <>
            {messages.kept(state.kept.label)}{' '}
            <Link className="link" href={`${studio}/${state.kept.slug}`}>
              {messages.openQuestion}
            </Link>
          </>
        )}
      </p>
    </div>
  )
}
