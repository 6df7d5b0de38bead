'use client'

import { ChevronLeft, ChevronRight, LayoutGrid } from 'lucide-react'
import Link from 'next/link'
import type { MouseEvent } from 'react'
import { useMessages } from '@/app/components/preferences'
import { QuestionTiles, TileLegend } from '@/app/components/question-tiles'
import { Sheet } from '@/app/components/sheet'
import { useAttempt } from './attempt-provider'

/** Previous, the map of all questions, next. Above it a thin line with one segment for each question. */
export function QuestionFooter({
  position,
  go,
  mapOpen,
  onMapOpen,
}: {
  position: number
  go: (position: number) => void
  mapOpen: boolean
  onMapOpen: (open: boolean) => void
}) {
  const messages = useMessages()
  const { attempt, address, stateOf, flagged } = useAttempt()
  const count = attempt.questions.length
  const tiles = attempt.questions.map((question) => ({
    position: question.position,
    label: question.content.label,
    topic: question.content.topic,
    state: stateOf(question),
    flagged: flagged(question.questionId),
  }))
  const answered = tiles.filter((tile) => tile.state === 'answered').length

  /** Plain presses move at once; with a modifier the link opens as the browser does it. */
  function pick(event: MouseEvent, next: number) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onMapOpen(false)
    go(next)
  }

  return (
    <footer className="no-print fixed inset-x-0 bottom-0 z-30 border-t bg-paper pb-[env(safe-area-inset-bottom)]">
      <div aria-hidden="true" className="flex h-[3px] gap-px">
        {tiles.map((tile) => (
          <span
            key={tile.position}
            className={`flex-1 transition-colors duration-150 ${
              tile.position === position
                ? 'bg-ink'
                : tile.state === 'answered'
                  ? 'bg-accent'
                  : tile.state === 'partial'
                    ? 'bg-accent/50'
                    : 'bg-hairline'
            }`}
          />
        ))}
      </div>
      <nav
        aria-label={messages.question.map}
        className="mx-auto grid h-15 max-w-[1440px] grid-cols-[1fr_auto_1fr] items-center gap-2 px-3 sm:px-6"
      >
        <div>
          {position > 1 && (
            <a
              href={`${address}/questions/${position - 1}`}
              className="button button-plain -ml-1 px-2 sm:px-4"
              onClick={(event) => pick(event, position - 1)}
            >
              <ChevronLeft size={18} aria-hidden="true" />
              <span className="max-[380px]:sr-only">{messages.question.previous}</span>
            </a>
          )}
        </div>
        <Sheet
          open={mapOpen}
          onOpenChange={onMapOpen}
          title={messages.question.map}
          description={messages.question.mapSummary(answered, count)}
          trigger={
            <button type="button" className="button px-3 text-13">
              <LayoutGrid size={16} aria-hidden="true" />
              <span className="sr-only">{messages.question.map},</span>
              <span className="numbers">
                {position} <span className="text-quiet">/ {count}</span>
              </span>
            </button>
          }
        >
          <div className="grid gap-6 pt-2">
            <TileLegend />
            <QuestionTiles tiles={tiles} address={address} current={position} onPick={pick} />
            <Link href={`${address}/review`} className="button" prefetch={false}>
              {messages.assignment.review}
            </Link>
          </div>
        </Sheet>
        <div className="text-right">
          {position < count ? (
            <a
              href={`${address}/questions/${position + 1}`}
              className="button button-plain -mr-1 px-2 sm:px-4"
              onClick={(event) => pick(event, position + 1)}
            >
              <span className="max-[380px]:sr-only">{messages.question.next}</span>
              <ChevronRight size={18} aria-hidden="true" />
            </a>
          ) : (
            <Link href={`${address}/review`} className="button button-accent -mr-1 px-4">
              {messages.question.toReview}
              <ChevronRight size={18} aria-hidden="true" />
            </Link>
          )}
        </div>
      </nav>
    </footer>
  )
}
