'use client'

import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { clsx } from 'clsx'
import { Archive, ArchiveRestore, Copy, GripVertical } from 'lucide-react'
import Link from 'next/link'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMomentFormat } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import type { PoolView } from '@/lib/pools/view'
import { formatPoints } from '@/lib/scoring/points'
import type { StudioQuestion } from '@/lib/studio/view'
import { useEvidenceMessages } from '../evidence/use-evidence-messages'
import { VerdictMark } from '../evidence/verdict-mark'
import { useDeskMessages } from '../use-desk-messages'
import { useStudioMessages } from './messages/use-studio-messages'

/** A question in the studio's list: what it asks, what state it is in, and what can be done with it as a whole. */
export function QuestionRow({
  address,
  question,
  pool,
  onCopy,
  onArchive,
}: {
  address: string
  question: StudioQuestion
  /** That it is drawn from; null: everybody has it. */
  pool: PoolView | null
  onCopy: () => void
  onArchive: () => void
}) {
  const { list } = useStudioMessages()
  const { questionId, label } = question
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id: questionId })
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={clsx(
        'relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-1 border-b bg-paper',
        isDragging && 'z-10 rounded-card shadow-float',
      )}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className="tool cursor-grab touch-none"
        {...attributes}
        {...listeners}
        aria-label={list.move(label)}
      >
        <GripVertical size={17} aria-hidden="true" />
      </button>
      <QuestionSummary address={address} question={question} pool={pool} />
      <div className="flex max-sm:flex-col">
        <button
          type="button"
          className="tool"
          aria-label={list.copy(label)}
          title={list.copy(label)}
          onClick={onCopy}
        >
          <Copy size={17} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="tool"
          aria-label={list.archive(label)}
          title={list.archive(label)}
          onClick={onArchive}
        >
          <Archive size={17} aria-hidden="true" />
        </button>
      </div>
    </li>
  )
}

export function ArchivedRow({
  address,
  question,
  onUnarchive,
}: {
  address: string
  question: StudioQuestion
  onUnarchive: () => void
}) {
  const { list } = useStudioMessages()
  const name = list.unarchive(question.label)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center border-b">
      <QuestionSummary address={address} question={question} />
      <button type="button" className="tool" aria-label={name} title={name} onClick={onUnarchive}>
        <ArchiveRestore size={17} aria-hidden="true" />
      </button>
    </li>
  )
}

/** What a question asks and what state it is in, as a link to it. */
export function QuestionSummary({
  address,
  question,
  pool = null,
}: {
  address: string
  question: StudioQuestion
  pool?: PoolView | null
}) {
  const messages = useMessages()
  const { list } = useStudioMessages()
  const say = useOneLanguage()
  const when = useMomentFormat()
  const { slug, label, topic, prompt, points, version, draft, attempts, tags } = question
  return (
    <Link
      href={`${address}/${slug}`}
      prefetch={false}
      className="grid min-h-14 grid-cols-[1.75rem_minmax(0,1fr)] items-baseline gap-x-2 rounded-small px-1 py-2 sm:grid-cols-[2.25rem_minmax(0,1fr)] hover:bg-sunk"
    >
      <span className="numbers text-17 font-semibold">{label}</span>
      <span className="min-w-0">
        <span className="line-clamp-2 sm:line-clamp-1">{say(prompt) || list.untitled}</span>
        <span className="flex flex-wrap items-center gap-x-3 text-13 text-quiet">
          <span>
            {messages.topics[topic]} · {messages.common.points(formatPoints(points))}
          </span>
          <span>{version === null ? list.unpublished : list.version(version)}</span>
          {draft && <span className="text-warn">{list.draft(draft.author, when(draft.savedAt))}</span>}
          <QuestionSigns question={question} />
          {attempts > 0 && <span>{list.shown(attempts)}</span>}
          {pool && <span className="text-accent">{list.drawn(say(pool.title))}</span>}
          {tags.map((tag) => (
            <span key={tag}>#{tag}</span>
          ))}
        </span>
      </span>
    </Link>
  )
}

/** What was found of its keys, and how far its figure is. */
function QuestionSigns({ question: { verdicts, figure, version } }: { question: StudioQuestion }) {
  const { list } = useStudioMessages()
  const evidence = useEvidenceMessages()
  const { overview } = useDeskMessages()
  if (version === null) return null
  return (
    <>
      {verdicts.every((verdict) => verdict === null) ? (
        <span>{list.unchecked}</span>
      ) : (
        <span className="flex items-center gap-1">
          <span className="sr-only">{list.verdict}</span>
          {verdicts.map((verdict, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a verdict is that of a part by its place
            <span key={at}>
              <VerdictMark verdict={verdict ?? 'unchecked'} />
              <span className="sr-only">{evidence.verdicts[verdict ?? 'unchecked']}</span>
            </span>
          ))}
        </span>
      )}
      <span>{figure ? list.figure(overview.figureStates[figure.status]) : list.noFigure}</span>
    </>
  )
}
