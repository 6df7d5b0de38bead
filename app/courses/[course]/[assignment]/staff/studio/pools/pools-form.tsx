'use client'

import { Plus, TriangleAlert } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import { findPoolProblems, pointsRange } from '@/lib/pools/balance'
import { formatPoints } from '@/lib/scoring/points'
import type { StudioPools, StudioQuestion } from '@/lib/studio/view'
import { Notice } from '../../notice'
import { poolDictionaries, usePoolMessages } from './messages'
import { PoolFields, type WrittenPool } from './pool-fields'

/** The pools of an assignment, saved all at once, with what a draw of them gives. */
export function PoolsForm({
  assignmentId,
  given,
  questions,
}: {
  assignmentId: string
  given: StudioPools
  /** Without archived ones. */
  questions: readonly StudioQuestion[]
}) {
  const words = usePoolMessages()
  const messages = useMessages()
  const say = useOneLanguage()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const [pools, setPools] = useState<readonly WrittenPool[]>(given.pools)
  const [poolOf, setPoolOf] = useState<ReadonlyMap<string, string | null>>(
    () => new Map(questions.map(({ questionId, poolId }) => [questionId, poolId])),
  )
  const [state, setState] = useState<'as-given' | 'changed' | 'saved'>('as-given')
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
  const change = (next: readonly WrittenPool[]) => {
    setPools(next)
    setState('changed')
  }
  const add = () => {
    const letter = String.fromCharCode(65 + (pools.length % 26))
    const title = {
      zh: poolDictionaries.zh.newTitle(letter),
      en: poolDictionaries.en.newTitle(letter),
    }
    change([...pools, { poolId: crypto.randomUUID(), title, draw: 1 }])
  }
  const remove = (poolId: string) => {
    change(pools.filter((pool) => pool.poolId !== poolId))
    setPoolOf(new Map([...poolOf].map(([id, of]) => [id, of === poolId ? null : of])))
  }
  const save = async () => {
    const body = {
      pools: pools.map(({ poolId, title, draw }) => ({
        title,
        draw,
        questionIds: membersOf(poolId).map(({ questionId }) => questionId),
      })),
    }
    if (!(await send('PUT', `/api/assignments/${assignmentId}/pools`, body))) return
    setState('saved')
    router.refresh()
  }

  return (
    <ReadyFieldset>
      {given.started > 0 && <Notice icon={TriangleAlert}>{words.started(given.started)}</Notice>}
      <div className="mt-6 grid gap-5">
        {pools.map((pool) => (
          <PoolFields
            key={pool.poolId}
            pool={pool}
            members={membersOf(pool.poolId)}
            problems={problems.filter(({ poolId }) => poolId === pool.poolId)}
            onChange={(changed) => change(pools.map((one) => (one === pool ? changed : one)))}
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
              onChange={({ target }) => {
                setPoolOf(new Map(poolOf).set(questionId, target.value || null))
                setState('changed')
              }}
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
          disabled={sending || !complete || state !== 'changed'}
          onClick={() => void save()}
        >
          {words.save}
        </button>
        <p role="status" className="text-13 text-quiet empty:hidden">
          {state === 'saved' && words.saved}
          {state === 'changed' && (complete ? words.unsaved : words.incomplete)}
        </p>
        <p role="alert" className="text-13 text-wrong empty:hidden">
          {refusal && (refusal.message ?? words.failed)}
        </p>
      </div>
    </ReadyFieldset>
  )
}
