'use client'

import { Maximize2, Minimize2, Monitor, Smartphone } from 'lucide-react'
import { Suspense, useMemo, useRef, useState } from 'react'
import { FigureCard } from '@/app/components/figure/figure-card'
import { useOnDemand } from '@/app/components/on-demand'
import { ReadingAs } from '@/app/components/preferences'
import { Segments } from '@/app/components/segments'
import type { AssignmentView } from '@/lib/attempts/view'
import { picturesOf } from '@/lib/explainers/figures/spec'
import type { RichContent } from '@/lib/questions/rich-content'
import { versionOf } from '@/lib/studio/draft'
import type { Draft } from '@/lib/studio/schema'
import { InteractiveView } from '../../../(attempt)/interactive-view'
import { QuestionPlaque, questionLayout } from '../../../(attempt)/question-view'
import { useStudioMessages } from '../messages/use-studio-messages'
import { PreviewFrame } from './preview-frame'
import { Rehearsal } from './rehearsal'

const widths = { phone: 360, desktop: 1280 } as const
const readings = ['zh', 'en', 'both'] as const
const loadRendering = () => import('@/lib/questions/rendered-content').then((module) => module.renderContent)

/** The question as a student sees it while it is written: with the very components, in any language, on any screen. */
export function PreviewPane({
  assignment,
  questionId,
  draft,
  figureRequestId,
  wide,
  onWide,
}: {
  assignment: AssignmentView
  questionId: string
  draft: Draft
  /** Of the draft's own figure; null: it has none, or none that was drawn. */
  figureRequestId: string | null
  wide: boolean
  /** null: it has the width that it has. */
  onWide: ((wide: boolean) => void) | null
}) {
  const { preview } = useStudioMessages()
  const [reading, setReading] = useState<(typeof readings)[number]>('both')
  const [screen, setScreen] = useState<keyof typeof widths>('phone')
  return (
    <section aria-label={preview.title} className="flex h-full min-h-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segments
          legend={preview.reading}
          value={reading}
          segments={readings.map((value) => ({
            value,
            label: preview.readings[value],
            name: preview.readingNames[value],
          }))}
          onChange={setReading}
        />
        <div className="flex items-center gap-1">
          <Segments
            legend={preview.screen}
            value={screen}
            segments={[
              { value: 'phone', label: <Smartphone size={16} />, name: preview.screens.phone },
              { value: 'desktop', label: <Monitor size={16} />, name: preview.screens.desktop },
            ]}
            onChange={setScreen}
          />
          {onWide && (
            <button
              type="button"
              className="tool max-lg:hidden"
              aria-label={wide ? preview.narrow : preview.widen}
              aria-pressed={wide}
              onClick={() => onWide(!wide)}
            >
              {wide ? <Minimize2 size={17} aria-hidden="true" /> : <Maximize2 size={17} aria-hidden="true" />}
            </button>
          )}
        </div>
      </div>
      <div className="min-h-0 flex-1">
        <ReadingAs reading={reading}>
          <PreviewFrame key={screen} title={preview.frame} width={widths[screen]}>
            <Suspense>
              <PreviewedQuestion
                assignment={assignment}
                questionId={questionId}
                draft={draft}
                figureRequestId={figureRequestId}
              />
            </Suspense>
          </PreviewFrame>
        </ReadingAs>
      </div>
    </section>
  )
}

function PreviewedQuestion({
  assignment,
  questionId,
  draft,
  figureRequestId,
}: {
  assignment: AssignmentView
  questionId: string
  draft: Draft
  figureRequestId: string | null
}) {
  const { preview } = useStudioMessages()
  const render = useOnDemand(loadRendering, true)
  const takesFocus = useRef(false)
  const [flagged, setFlagged] = useState(false)
  const content = useMemo(
    (): RichContent | null => render?.(versionOf(draft).content) ?? null,
    [draft, render],
  )
  if (!content) return <div className="skeleton m-4 h-96" />
  const question = {
    questionId,
    questionVersionId: '', // a draft is no version yet
    position: 1,
    content,
    flagged,
    figureRequestId: draft.figureSpec ? (figureRequestId ?? '') : null,
    trustRequestId: null,
    figurePictures: draft.figureSpec ? picturesOf(draft.figureSpec) : [],
  }
  return (
    <Rehearsal assignment={assignment} question={question}>
      <section aria-label={preview.frame} className={questionLayout(question)}>
        {draft.figureSpec &&
          (figureRequestId ? (
            <div className="min-w-0 self-start">
              <FigureCard
                key={figureRequestId}
                requestId={figureRequestId}
                pictures={question.figurePictures}
              />
            </div>
          ) : (
            <p className="case self-start px-5 py-10 text-center text-quiet">{preview.figureLater}</p>
          ))}
        <QuestionPlaque
          question={question}
          takesFocus={takesFocus}
          isFlagged={flagged}
          onFlag={() => setFlagged(!flagged)}
          onHelp={() => {}}
        />
        {content.parts.length === 0 && <p className="text-quiet">{preview.noParts}</p>}
        <InteractiveView content={content} />
      </section>
    </Rehearsal>
  )
}
