'use client'

import { Check, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { FigureCard } from '@/app/components/figure/figure-card'
import type { TrustPlace } from '@/app/components/figure/trust-fold'
import { useMessages } from '@/app/components/preferences'
import { RichText } from '@/app/components/rich-text'
import type { FigureState } from '@/lib/figures/view'
import type { RichContent, RichKey } from '@/lib/questions/rich-content'
import { formatPoints } from '@/lib/scoring/points'
import { ruleWording } from '@/lib/scoring/wording'
import { useDeskMessages } from './use-desk-messages'
import { useOpenWhenNamed } from './use-open-when-named'

/** A row that opens to the question with its key, rule, explanation and figure. */
export function StaffQuestion({
  content,
  answerKey,
  figure,
  trust,
}: {
  content: RichContent
  answerKey: RichKey
  figure: FigureState | null
  trust: TrustPlace | null
}) {
  const messages = useMessages()
  const desk = useDeskMessages()
  const [open, setOpen] = useState(false)
  const named = useOpenWhenNamed(`question-${content.label}`)
  const points = content.parts.reduce((sum, part) => sum + part.points, 0)
  const state = figure?.status ?? 'none'
  return (
    <details
      ref={named}
      id={`question-${content.label}`}
      className="group scroll-mt-4 border-b"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="grid cursor-pointer list-none grid-cols-[3rem_1fr_auto] items-center gap-3 py-3 hover:bg-sunk">
        <span className="text-17 font-semibold">
          <span className="font-[350] text-quiet">Q</span>
          {content.label}
        </span>
        <span className="min-w-0">
          <span className="block truncate">
            <RichText text={content.prompt} as="line" className="truncate" second="hidden" />
          </span>
          <span className="block text-13 text-quiet">
            {messages.topics[content.topic]} · {messages.common.points(formatPoints(points))} ·{' '}
            {[desk.overview.figure, desk.overview.figureStates[state]].join(messages.common.colon)}
          </span>
        </span>
        <ChevronDown
          size={18}
          aria-hidden="true"
          className="text-quiet transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      {open && (
        <div className="grid gap-8 pt-2 pb-8 lg:grid-cols-2 lg:pl-[3.75rem]">
          <div className="min-w-0">
            <RichText text={content.prompt} second="mt-2 text-quiet" />
            {content.parts.map((part) => {
              const key = answerKey[part.id]
              return (
                <div key={part.id} className="mt-5">
                  {part.prompt && (
                    <div className="mb-2 font-[540]">
                      {part.label} <RichText text={part.prompt} />
                    </div>
                  )}
                  <ul className="grid gap-1.5">
                    {part.options.map((option) => {
                      const correct = key?.correct.includes(option.id) ?? false
                      return (
                        <li key={option.id} className="grid grid-cols-[1.25rem_1fr] gap-2">
                          <span className="pt-1 text-accent">
                            {correct && <Check size={16} role="img" aria-label={desk.overview.key} />}
                          </span>
                          <span className={correct ? 'font-[540]' : 'text-quiet'}>
                            <RichText text={option.text} as="inline" second="text-13 text-quiet" />
                          </span>
                        </li>
                      )
                    })}
                  </ul>
                  {key && (
                    <div className="mt-3 border-l-2 border-accent pl-4">
                      <p className="text-13 text-quiet">
                        {desk.overview.rule}:{' '}
                        <BilingualText
                          text={ruleWording[key.rule.name]}
                          className="inline!"
                          second="hidden"
                        />
                      </p>
                      <RichText text={key.explanation} />
                    </div>
                  )}
                </div>
              )
            })}
          </div>
          <div className="min-w-0">
            {figure && <FigureCard requestId={figure.requestId} given={{ state: figure }} trust={trust} />}
          </div>
        </div>
      )}
    </details>
  )
}
