'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { useOneLanguage } from '@/app/components/bilingual-text'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { useStudioMessages } from '../messages/use-studio-messages'

export interface NeighbourLine {
  readonly questionId: string
  readonly slug: string
  readonly label: string
  readonly prompt: Bilingual
  /** Whether something is written that is not published. */
  readonly isDraft: boolean
}

/** The assignment's questions beside the one that is written. */
export function QuestionRail({
  address,
  lines,
  current,
}: {
  address: string
  lines: readonly NeighbourLine[]
  current: string
}) {
  const { list } = useStudioMessages()
  const say = useOneLanguage()
  return (
    <nav aria-label={list.label} className="px-2">
      <Link href={address} className="link mx-2 inline-flex min-h-9 items-center text-13">
        {list.back}
      </Link>
      <ol className="mt-1">
        {lines.map(({ questionId, slug, label, prompt, isDraft }) => (
          <li key={questionId}>
            <Link
              href={`${address}/${slug}`}
              prefetch={false}
              {...(questionId === current && { 'aria-current': 'page' as const })}
              className={clsx(
                'grid min-h-9 grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-1 rounded-small px-2 text-13',
                questionId === current
                  ? 'bg-accent-soft font-[560]'
                  : 'text-quiet hover:bg-sunk hover:text-ink',
              )}
            >
              <span className="numbers font-semibold">{label}</span>
              <span className="truncate">{say(prompt) || list.untitled}</span>
              {isDraft && (
                <span
                  role="img"
                  aria-label={list.unpublished}
                  title={list.unpublished}
                  className="size-1.5 rounded-full bg-warn"
                />
              )}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
