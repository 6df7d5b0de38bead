'use client'

import { TriangleAlert } from 'lucide-react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { clockTime } from '@/app/components/local-time'
import { Scrolling } from '@/app/components/scrolling'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { compareArrangements } from '@/lib/pools/arrangement'
import type { ArrangedPool, StoredPools } from '@/lib/pools/view'
import type { StudioQuestion } from '@/lib/studio/view'
import { usePoolMessages } from './messages'

/** Two have changed the pools at once: in what they differ, and the choice. */
export function PoolsConflict({
  stored,
  mine,
  questions,
  userId,
  busy,
  onMine,
  onTheirs,
}: {
  stored: StoredPools
  mine: readonly ArrangedPool[]
  questions: readonly StudioQuestion[]
  userId: string
  busy: boolean
  /** null: what is written here cannot be saved yet. */
  onMine: (() => void) | null
  onTheirs: () => void
}) {
  const words = usePoolMessages()
  const say = useOneLanguage()
  const { conflict } = words
  const when = stored.savedAt ? clockTime(stored.savedAt) : ''
  const { draws, moved } = compareArrangements(
    mine,
    stored.pools,
    questions.map(({ questionId }) => questionId),
  )
  const labels = new Map(questions.map(({ questionId, label }) => [questionId, label]))
  const drawn = (draw: number | null) => (draw === null ? conflict.absent : conflict.draws(draw))
  const placed = (pool: Bilingual | null) => (pool ? say(pool) : words.everybody)
  return (
    <section
      role="alert"
      aria-labelledby="pools-conflict"
      className="mt-6 rounded-card border border-warn/50 bg-warn-soft px-4 py-4"
    >
      <h2 id="pools-conflict" className="flex items-center gap-2 font-[580]">
        <TriangleAlert size={18} aria-hidden="true" className="shrink-0 text-warn" />
        {conflict.title}
      </h2>
      <p className="mt-1">
        {stored.author?.userId === userId
          ? conflict.bySelf(when)
          : conflict.byOther(stored.author?.name ?? '', when)}
      </p>
      {draws.length + moved.length === 0 ? (
        <p className="mt-2 text-13">{conflict.same}</p>
      ) : (
        <Scrolling label={conflict.what} className="mt-3 rounded-card border bg-paper">
          <table className="w-full text-left text-13">
            <thead>
              <tr className="border-b">
                <th scope="col" className="px-3 py-2 font-[540]">
                  {conflict.what}
                </th>
                <th scope="col" className="px-3 py-2 font-[540]">
                  {conflict.yours}
                </th>
                <th scope="col" className="px-3 py-2 font-[540]">
                  {conflict.stored}
                </th>
              </tr>
            </thead>
            <tbody>
              {draws.map((pool) => (
                <tr key={`${pool.title.zh}\n${pool.title.en}`} className="border-b last:border-0">
                  <th scope="row" className="px-3 py-2 font-normal">
                    {say(pool.title)}
                  </th>
                  <td className="px-3 py-2">{drawn(pool.mine)}</td>
                  <td className="px-3 py-2">{drawn(pool.theirs)}</td>
                </tr>
              ))}
              {moved.map((question) => (
                <tr key={question.questionId} className="border-b last:border-0">
                  <th scope="row" className="px-3 py-2 font-normal">
                    {conflict.question(labels.get(question.questionId) ?? '')}
                  </th>
                  <td className="px-3 py-2">{placed(question.mine)}</td>
                  <td className="px-3 py-2">{placed(question.theirs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolling>
      )}
      <p className="mt-3 text-13">{conflict.hint}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <button
          type="button"
          className="button"
          disabled={busy || onMine === null}
          onClick={() => onMine?.()}
        >
          {conflict.mine}
        </button>
        <button type="button" className="button" disabled={busy} onClick={onTheirs}>
          {conflict.theirs}
        </button>
      </div>
    </section>
  )
}
