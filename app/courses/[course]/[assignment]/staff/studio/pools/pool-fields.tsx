'use client'

import { Trash2, TriangleAlert } from 'lucide-react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Field, NumberField } from '@/app/components/field'
import type { PoolProblem } from '@/lib/pools/balance'
import type { PoolView } from '@/lib/pools/view'
import type { StudioQuestion } from '@/lib/studio/view'
import { usePoolMessages } from './messages'

/** A pool as it is written: its id is that of the form until it is saved. */
export type WrittenPool = PoolView

/** One pool: its names, how many are drawn of how many, and what is wrong with that. */
export function PoolFields({
  pool,
  members,
  problems,
  onChange,
  onRemove,
}: {
  pool: WrittenPool
  members: readonly StudioQuestion[]
  problems: readonly PoolProblem[]
  onChange: (pool: WrittenPool) => void
  onRemove: () => void
}) {
  const words = usePoolMessages()
  const say = useOneLanguage()
  const { title, draw } = pool
  const available = members.filter(({ version }) => version !== null).length
  const name = (language: 'zh' | 'en') => (
    <Field label={language === 'zh' ? words.titleZh : words.titleEn}>
      {(control) => (
        <input
          {...control}
          className="field"
          maxLength={200}
          value={title[language]}
          onChange={({ target }) => onChange({ ...pool, title: { ...title, [language]: target.value } })}
        />
      )}
    </Field>
  )
  return (
    <section aria-label={say(title)} className="case px-5 py-4">
      <div className="grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-[1fr_1fr_7rem_auto] sm:gap-x-4">
        {name('zh')}
        {name('en')}
        <NumberField
          label={words.draw}
          hint={words.drawOf(members.length)}
          value={draw}
          min={1}
          max={Math.max(1, members.length)}
          onChange={(next) => onChange({ ...pool, draw: next ?? 1 })}
        />
        <button
          type="button"
          className="tool mt-7 justify-self-end self-start"
          aria-label={words.remove(say(title))}
          title={words.remove(say(title))}
          onClick={onRemove}
        >
          <Trash2 size={17} aria-hidden="true" />
        </button>
      </div>
      <p className="mt-2 text-13 text-quiet">
        {members.length === 0 ? words.none : members.map(({ label }) => label).join(' · ')}
      </p>
      {members.length > 0 &&
        problems.map(({ issue }) => (
          <p key={issue} className="mt-1.5 flex items-center gap-2 text-13 text-warn">
            <TriangleAlert size={15} aria-hidden="true" className="shrink-0" />
            {issue === 'few' ? words.few(available, draw) : words.points}
          </p>
        ))}
    </section>
  )
}
