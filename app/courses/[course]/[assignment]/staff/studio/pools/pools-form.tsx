'use client'

import { Plus, TriangleAlert } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import { findPoolProblems, pointsRange } from '@/lib/pools/balance'
import type { ArrangedPool, StoredPools } from '@/lib/pools/view'
import { randomId } from '@/lib/random-id'
import { formatPoints } from '@/lib/scoring/points'
import type { StudioQuestion } from '@/lib/studio/view'
import { Notice } from '../../notice'
import { poolDictionaries, usePoolMessages } from './messages'
import { PoolFields, type WrittenPool } from './pool-fields'
import { PoolsConflict } from './pools-conflict'

/** The pools as they are written, and in which of them each question is; null: for everybody. */
interface Arrangement {
  readonly pools: readonly WrittenPool[]
  readonly poolOf: ReadonlyMap<string, string | null>
}

function arrange({ revision, pools }: StoredPools): Arrangement {
  // Until they are saved, pools are called by their places.
  const named = pools.map((pool, place) => ({ ...pool, poolId: `${revision}-${place}` }))
  return {
    pools: named.map(({ poolId, title, draw }) => ({ poolId, title, draw })),
    poolOf: new Map(
      named.flatMap(({ poolId, questionIds }) => questionIds.map((id) => [id, poolId] as const)),
    ),
  }
}

/**
 * The pools of an assignment, saved all at once on top of the revision that the form knows, with what a draw of them gives.
 * Where somebody else has saved meanwhile, both are shown, and nothing that is written here goes.
 */
export function PoolsForm({
  assignmentId,
  userId,
  stored,
  started,
  questions,
}: {
  assignmentId: string
  userId: string
  stored: StoredPools
  /** Students who have begun. */
  started: number
  /** Without archived ones. */
  questions: readonly StudioQuestion[]
}) {
  const words = usePoolMessages()
  const messages = useMessages()
  const say = useOneLanguage()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const [revision, setRevision] = useState(stored.revision)
  const [{ pools, poolOf }, setArrangement] = useState(() => arrange(stored))
  const [state, setState] = useState<'as-given' | 'changed' | 'saved'>('as-given')
  /** What was written here before the other’s was taken. */
  const [aside, setAside] = useState<Arrangement | null>(null)
  const placed = questions.map((question) => ({
    ...question,
    poolId: poolOf.get(question.questionId) ?? null,
  }))
  // A question that was never published is asked of nobody.
  const asked = placed.filter(({ version }) => version !== null)
  const problems = findPoolProblems(pools, asked)
  const { low, high } = pointsRange(pools, asked)
  const membersOf = (poolId: string) => placed.filter((question) => question.poolId === poolId)
  const drawn = pools.reduce(
    (sum, { poolId, draw }) => sum + Math.min(draw, asked.filter((one) => one.poolId === poolId).length),
    asked.filter(({ poolId }) => poolId === null).length,
  )
  const complete = pools.every(({ poolId, title, draw }) => {
    const members = membersOf(poolId).length
    return title.zh.trim() && title.en.trim() && members > 0 && draw >= 1 && draw <= members
  })
  const arranged: readonly ArrangedPool[] = pools.map(({ poolId, title, draw }) => ({
    title,
    draw,
    // With archived ones, which are not shown here and keep their place.
    questionIds: [...poolOf].flatMap(([questionId, of]) => (of === poolId ? questionId : [])),
  }))
  const told = refusal?.code === 'pools-conflict' ? (refusal.facts.stored as StoredPools) : null
  // Once one of both was chosen, the form knows the other's revision.
  const conflict = told && told.revision !== revision ? told : null
  const change = (next: Partial<Arrangement>) => {
    setArrangement({ pools, poolOf, ...next })
    setState('changed')
  }
  const add = () => {
    const letter = String.fromCharCode(65 + (pools.length % 26))
    const title = {
      zh: poolDictionaries.zh.newTitle(letter),
      en: poolDictionaries.en.newTitle(letter),
    }
    change({ pools: [...pools, { poolId: randomId(), title, draw: 1 }] })
  }
  const remove = (poolId: string) =>
    change({
      pools: pools.filter((pool) => pool.poolId !== poolId),
      poolOf: new Map([...poolOf].map(([id, of]) => [id, of === poolId ? null : of])),
    })
  const save = async (onTopOf: number) => {
    const address = `/api/assignments/${assignmentId}/pools`
    const saved = await send<{ revision: number }>('PUT', address, { revision: onTopOf, pools: arranged })
    if (!saved) return
    setRevision(saved.revision)
    setState('saved')
    setAside(null)
    router.refresh()
  }
  const take = (other: StoredPools) => {
    setAside({ pools, poolOf })
    setArrangement(arrange(other))
    setRevision(other.revision)
    setState('as-given')
  }
  const bringBack = (own: Arrangement) => {
    change(own)
    setAside(null)
  }

  return (
    <ReadyFieldset>
      {started > 0 && <Notice icon={TriangleAlert}>{words.started(started)}</Notice>}
      <div className="mt-6 grid gap-5">
        {pools.map((pool) => (
          <PoolFields
            key={pool.poolId}
            pool={pool}
            members={membersOf(pool.poolId)}
            problems={problems.filter(({ poolId }) => poolId === pool.poolId)}
            onChange={(changed) => change({ pools: pools.map((one) => (one === pool ? changed : one)) })}
            onRemove={() => remove(pool.poolId)}
          />
        ))}
      </div>
      <button type="button" className="tool mt-4 -ml-2" onClick={add}>
        <Plus size={16} aria-hidden="true" />
        {words.add}
      </button>
      <h2 className="mt-10 text-21 font-[580]">{words.questions}</h2>
      <ul className="mt-3 border-t">
        {placed.map(({ questionId, label, prompt, topic, points, poolId, version }) => (
          <li
            key={questionId}
            className="grid grid-cols-[2.25rem_minmax(0,1fr)] items-center gap-x-3 gap-y-2 border-b py-2.5 sm:grid-cols-[2.25rem_minmax(0,1fr)_14rem]"
          >
            <span className="numbers text-17 font-semibold">{label}</span>
            <span className="min-w-0">
              <span className="block truncate">{say(prompt)}</span>
              <span className="flex flex-wrap gap-x-3 text-13 text-quiet">
                <span>
                  {messages.topics[topic]} · {messages.common.points(formatPoints(points))}
                </span>
                {version === null && <span className="text-warn">{words.unpublished}</span>}
              </span>
            </span>
            <select
              className="field max-sm:col-start-2"
              aria-label={words.poolOf(label)}
              value={poolId ?? ''}
              onChange={({ target }) =>
                change({ poolOf: new Map(poolOf).set(questionId, target.value || null) })
              }
            >
              <option value="">{words.everybody}</option>
              {pools.map((pool) => (
                <option key={pool.poolId} value={pool.poolId}>
                  {say(pool.title)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      <p className="numbers mt-6 font-[540]">{words.attempt(drawn, formatPoints(high))}</p>
      {low < high && (
        <p className="mt-1 flex items-center gap-2 text-warn">
          <TriangleAlert size={17} aria-hidden="true" className="shrink-0" />
          {words.uneven(formatPoints(low), formatPoints(high))}
        </p>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-4">
        <button
          type="button"
          className="button button-accent"
          disabled={sending || !complete || state !== 'changed' || conflict !== null}
          onClick={() => void save(revision)}
        >
          {words.save}
        </button>
        <p role="status" className="text-13 text-quiet empty:hidden">
          {state === 'saved' && words.saved}
          {state === 'changed' && (complete ? words.unsaved : words.incomplete)}
        </p>
        <p role="alert" className="text-13 text-wrong empty:hidden">
          {refusal && !told && (refusal.message ?? words.failed)}
        </p>
      </div>
      {conflict && (
        <PoolsConflict
          stored={conflict}
          mine={arranged}
          questions={placed}
          userId={userId}
          busy={sending}
          onMine={complete ? () => void save(conflict.revision) : null}
          onTheirs={() => take(conflict)}
        />
      )}
      {aside && (
        <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-13">
          {words.conflict.aside}
          <button type="button" className="button" onClick={() => bringBack(aside)}>
            {words.conflict.back}
          </button>
        </p>
      )}
    </ReadyFieldset>
  )
}
