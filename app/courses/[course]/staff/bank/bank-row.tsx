'use client'

import Link from 'next/link'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import { useEvidenceMessages } from '@/app/courses/[course]/[assignment]/staff/evidence/use-evidence-messages'
import { VerdictMark } from '@/app/courses/[course]/[assignment]/staff/evidence/verdict-mark'
import { percent, signed } from '@/app/courses/[course]/[assignment]/staff/statistics/statistics-format'
import { findOption } from '@/app/courses/[course]/[assignment]/staff/studio/schema-form/option-labels'
import type { BankQuestion } from '@/lib/bank/view'
import { formatPoints } from '@/lib/scoring/points'
import { useBankMessages } from './use-bank-messages'

/** A question of the bank: what it asks, where it is, and how it has done. */
export function BankRow({
  question,
  chosen,
  onChoose,
}: {
  question: BankQuestion
  chosen: boolean
  /** null: it cannot be chosen. */
  onChoose: ((chosen: boolean) => void) | null
}) {
  const words = useBankMessages()
  const messages = useMessages()
  const { verdicts } = useEvidenceMessages()
  const say = useOneLanguage()
  const { label, topic, prompt, points, version, tags, figure, archived, results, copies } = question
  const { assignment, course } = question
  const layout = figure === null ? null : findOption(figure)
  const staff = `/courses/${course.slug}/${assignment.slug}/staff`
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-b py-3">
      {onChoose ? (
        <input
          type="checkbox"
          className="tick"
          checked={chosen}
          aria-label={words.choose(label, say(assignment.title))}
          onChange={({ target }) => onChoose(target.checked)}
        />
      ) : (
        <span />
      )}
      <div className="min-w-0">
        <p className="text-13 text-quiet">
          {say(course.title)} · {say(assignment.title)}
        </p>
        <p className="line-clamp-2">
          <Link
            href={onChoose ? `${staff}/studio/${question.slug}` : `${staff}#question-${label}`}
            prefetch={false}
            className="hover:underline"
          >
            <span className="numbers font-semibold">{label}</span> {say(prompt)}
          </Link>
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-13 text-quiet">
          <span>
            {messages.topics[topic]} · {messages.common.points(formatPoints(points))}
          </span>
          <span>{words.version(version)}</span>
          <span>{layout ? say(layout) : words.noFigure}</span>
          {[...new Set(question.verdicts)].map((verdict) => (
            <span key={verdict}>
              <VerdictMark verdict={verdict} /> {verdicts[verdict]}
            </span>
          ))}
          {archived && <span className="text-warn">{words.archived}</span>}
          {copies > 0 && <span>{words.copies(copies)}</span>}
          {results && (
            <span className="numbers" title={words.resultsHint}>
              {words.results(results.students, percent(results.difficulty), signed(results.discrimination))}
            </span>
          )}
          {tags.map((tag) => (
            <Link key={tag} href={`?tag=${encodeURIComponent(tag)}`} prefetch={false} className="link">
              #{tag}
            </Link>
          ))}
        </p>
      </div>
    </li>
  )
}
