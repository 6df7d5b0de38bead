'use client'

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { PoolView } from '@/lib/pools/view'
import { moved } from '@/lib/studio/edit'
import type { StudioQuestion } from '@/lib/studio/view'
import { useStudioMessages } from './messages/use-studio-messages'
import { ArchivedRow, QuestionRow } from './question-row'
import { useSortableWords } from './sortable-words'

/** The questions in their order, which changes by dragging or by keys, and below them those that are archived. */
export function QuestionList({
  address,
  assignmentId,
  questions,
  pools,
}: {
  address: string
  assignmentId: string
  questions: readonly StudioQuestion[]
  pools: readonly PoolView[]
}) {
  const { list } = useStudioMessages()
  const words = useSortableWords()
  const router = useRouter()
  const id = useId()
  const { send, sending, refusal } = useSending()
  // The order that was asked for, until the page brings it.
  const [asked, setAsked] = useState<readonly string[]>([])
  const current = questions.filter(({ archived }) => !archived)
  const archived = questions.filter((question) => question.archived)
  const place = ({ questionId }: StudioQuestion) => {
    const at = asked.indexOf(questionId)
    return at < 0 ? asked.length : at
  }
  const ordered = [...current].sort((one, other) => place(one) - place(other))
  const ids = ordered.map(({ questionId }) => questionId)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )

  const drop = async ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return
    const next = moved(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id)))
    setAsked(next)
    const done = await send('PUT', `/api/assignments/${assignmentId}/questions/order`, { questionIds: next })
    if (done) router.refresh()
    else setAsked([])
  }
  const add = async (copyOf?: string) => {
    const made = await send<{ slug: string }>('POST', `/api/assignments/${assignmentId}/questions`, {
      copyOf,
    })
    if (made) router.push(`${address}/${made.slug}`)
  }
  const archive = async (questionId: string, next: boolean) => {
    if (await send('PUT', `/api/questions/${questionId}/archive`, { archived: next })) router.refresh()
  }

  return (
    <ReadyFieldset>
      <div className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-2">
        <button type="button" className="button button-accent" disabled={sending} onClick={() => void add()}>
          <Plus size={17} aria-hidden="true" />
          {list.add}
        </button>
        <p className="text-13 text-quiet">{list.order}</p>
        <p role="alert" className="text-13 text-wrong empty:hidden">
          {refusal && (refusal.message ?? list.failed)}
        </p>
      </div>
      {ordered.length === 0 && <p className="case mt-5 px-6 py-10 text-center text-quiet">{list.empty}</p>}
      <DndContext
        id={id}
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={words(ids)}
        onDragEnd={(event) => void drop(event)}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol aria-label={list.label} className="mt-5 border-t">
            {ordered.map((question) => (
              <QuestionRow
                key={question.questionId}
                address={address}
                question={question}
                pool={pools.find(({ poolId }) => poolId === question.poolId) ?? null}
                onCopy={() => void add(question.questionId)}
                onArchive={() => void archive(question.questionId, true)}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {archived.length > 0 && (
        <section aria-labelledby={`${id}-archived`} className="mt-12">
          <h2 id={`${id}-archived`} className="text-21 font-[580]">
            {list.archived}
          </h2>
          <p className="mt-1 max-w-[68ch] text-13 text-quiet">{list.archivedLead}</p>
          <ul className="mt-4 border-t">
            {archived.map((question) => (
              <ArchivedRow
                key={question.questionId}
                address={address}
                question={question}
                onUnarchive={() => void archive(question.questionId, false)}
              />
            ))}
          </ul>
        </section>
      )}
    </ReadyFieldset>
  )
}
