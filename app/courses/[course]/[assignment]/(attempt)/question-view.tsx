'use client'

import { clsx } from 'clsx'
import { Flag, Keyboard } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { FigureCard } from '@/app/components/figure/figure-card'
import { type KnownFigure, prefetchFigure } from '@/app/components/figure/figure-source'
import { useOnDemand } from '@/app/components/on-demand'
import { useMessages } from '@/app/components/preferences'
import { RichText } from '@/app/components/rich-text'
import { OfflineNote } from '@/app/offline/offline-note'
import type { AttemptQuestionView } from '@/lib/attempts/view'
import { formatPoints } from '@/lib/scoring/points'
import { useAttempt, useQuestionPosition } from './attempt-provider'
import { InteractiveView, isExplored } from './interactive-view'
import { OptionList } from './option-list'
import { QuestionFooter } from './question-footer'
import { SaveLine } from './save-line'
import { useShortcuts } from './shortcuts'

const loadShortcutSheet = () => import('./shortcut-sheet').then((module) => module.ShortcutSheet)

/** The question page: the exhibit on the left, its plaque on the right; one below the other on a phone. */
export function QuestionView({
  position: drawn,
  figure,
}: {
  /** Of the question that the server drew; the student may have moved on since. */
  position: number
  figure: Partial<KnownFigure> | null
}) {
  const messages = useMessages()
  const { attempt, flagged, flag, snapshot } = useAttempt()
  const { position, go: show } = useQuestionPosition(drawn)
  const moved = useRef(false)
  const go = useCallback(
    (next: number) => {
      moved.current = true
      show(next)
    },
    [show],
  )
  const [mapOpen, setMapOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const ShortcutSheet = useOnDemand(loadShortcutSheet, helpOpen)
  const question = attempt.questions[position - 1]!
  const isFlagged = flagged(question.questionId)

  useShortcuts(
    useMemo(
      () => ({
        previous: () => go(position - 1),
        next: () => go(position + 1),
        flag: () => flag(question.questionId, !isFlagged),
        help: () => setHelpOpen(true),
        map: () => setMapOpen(true),
      }),
      [flag, go, isFlagged, position, question.questionId],
    ),
  )

  const upcoming = attempt.questions[position]?.figureRequestId
  useEffect(() => {
    if (!upcoming) return
    const timer = setTimeout(() => void prefetchFigure(upcoming), 600)
    return () => clearTimeout(timer)
  }, [upcoming])

  const pageTitle = messages.question.title(question.content.label)
  useEffect(() => {
    document.title = `${pageTitle} · Vitrine`
  }, [pageTitle])

  return (
    <>
      <main id="content" className={questionLayout(question)}>
        <OfflineNote online={snapshot.online} />
        {question.figureRequestId && (
          <div className="sticky top-(--header-height) z-20 -mx-1 min-w-0 self-start bg-paper px-1 pt-2 lg:static lg:z-auto lg:mx-0 lg:p-0">
            <FigureCard
              key={question.figureRequestId}
              requestId={question.figureRequestId}
              pictures={question.figurePictures}
              trust={question.trustRequestId ? { requestId: question.trustRequestId, pointing: null } : null}
              given={figure?.state?.requestId === question.figureRequestId ? figure : undefined}
            />
          </div>
        )}
        <QuestionPlaque
          key={question.questionId}
          question={question}
          takesFocus={moved}
          isFlagged={isFlagged}
          onFlag={() => flag(question.questionId, !isFlagged)}
          onHelp={() => setHelpOpen(true)}
        />
        <InteractiveView content={question.content} />
      </main>
      <QuestionFooter position={position} go={go} mapOpen={mapOpen} onMapOpen={setMapOpen} />
      {ShortcutSheet && <ShortcutSheet open={helpOpen} onOpenChange={setHelpOpen} />}
    </>
  )
}

/** @returns classes of the place that holds the exhibit and its plaque. */
export function questionLayout({
  figureRequestId,
  content,
}: Pick<AttemptQuestionView, 'figureRequestId' | 'content'>): string {
  return clsx(
    'mx-auto grid w-full gap-x-10 gap-y-6 px-4 pt-4 pb-24 sm:px-6 lg:pt-8',
    figureRequestId !== null || isExplored(content.topic)
      ? 'max-w-[1440px] lg:grid-cols-[58fr_42fr] lg:grid-flow-dense lg:grid-rows-[auto_1fr] lg:px-10'
      : 'max-w-[48rem] grid-cols-1 lg:pt-12',
  )
}

/** What is asked, and the place to answer. */
export function QuestionPlaque({
  question,
  takesFocus,
  isFlagged,
  onFlag,
  onHelp,
}: {
  question: AttemptQuestionView
  /** Whether the student came here from another question: then reading starts at this one's heading. */
  takesFocus: RefObject<boolean>
  isFlagged: boolean
  onFlag: () => void
  onHelp: () => void
}) {
  const messages = useMessages()
  const { attempt, closed } = useAttempt()
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  const { content } = question
  const points = content.parts.reduce((sum, part) => sum + part.points, 0)

  useEffect(() => {
    if (takesFocus.current) heading.current?.focus({ preventScroll: true })
  }, [takesFocus])

  return (
    <article className="min-w-0 animate-appear lg:sticky lg:col-start-2 lg:row-span-2 lg:top-[calc(var(--header-height)+2rem)] lg:self-start">
      <header className="flex items-start justify-between gap-3">
        <div>
          <p className="eyebrow">
            {messages.topics[content.topic]} · {messages.common.points(formatPoints(points))}
          </p>
          <h1
            ref={heading}
            id={`${id}-title`}
            tabIndex={-1}
            data-question-heading
            className="mt-1 text-28 font-[620] tracking-[-0.01em]"
          >
            <span className="sr-only">
              {messages.question.position(question.position, attempt.questions.length)}
            </span>
            <span aria-hidden="true">
              <span className="font-[350] text-quiet">Q</span>
              {content.label}
            </span>
          </h1>
        </div>
        <div className="flex items-center gap-1">
          <button
            type="button"
            className="tool hidden lg:inline-flex"
            aria-label={messages.question.shortcuts}
            onClick={onHelp}
          >
            <Keyboard size={18} aria-hidden="true" />
          </button>
          <button
            type="button"
            className={clsx('tool', isFlagged && 'text-warn!')}
            aria-pressed={isFlagged}
            onClick={onFlag}
          >
            <Flag size={18} aria-hidden="true" className={isFlagged ? 'fill-current' : ''} />
            <span className="max-sm:sr-only">{messages.question.flag}</span>
          </button>
        </div>
      </header>
      <div id={`${id}-prompt`} className="mt-4 max-w-[68ch] text-17 font-[450]">
        <RichText text={content.prompt} second="mt-3 text-15 font-normal text-quiet" />
      </div>
      <div className="mt-6 grid gap-9">
        {content.parts.map((part) => (
          <section key={part.id}>
            {part.prompt && (
              <div id={`${id}-${part.id}`} className="mb-1 max-w-[68ch] border-t pt-5">
                <h2 className="eyebrow mb-1.5">
                  {messages.question.part(part.label)} · {messages.common.points(formatPoints(part.points))}
                </h2>
                <RichText text={part.prompt} second="mt-1.5 text-quiet" />
              </div>
            )}
            <OptionList part={part} labelledBy={part.prompt ? `${id}-${part.id}` : `${id}-prompt`} />
          </section>
        ))}
      </div>
      <div className="sticky bottom-(--footer-height) -mx-1 mt-4 bg-paper px-1 py-2">
        <SaveLine />
        {closed && <p className="mt-1 text-13 text-quiet">{messages.question.readOnly}</p>}
      </div>
    </article>
  )
}
