'use client'

import type { OwnAppeal } from '@/lib/appeals/view'
import type { AttemptQuestionView } from '@/lib/attempts/view'
import { useOwnAppealMessages } from '../messages/appeals'

/** The ways to what was asked about the result, the latest question of each part. */
export function AppealList({
  appeals,
  questions,
}: {
  appeals: readonly OwnAppeal[]
  questions: readonly Pick<AttemptQuestionView, 'content'>[]
}) {
  const words = useOwnAppealMessages()
  const parts = questions.flatMap(({ content }) => content.parts)
  const asked = parts.flatMap(({ id, label }) => {
    const latest = appeals.findLast(({ partId }) => partId === id)
    return latest ? [{ ...latest, label }] : []
  })
  if (asked.length === 0) return null
  return (
    <section className="mt-8 rounded-card border px-5 py-4" aria-labelledby="own-appeals">
      <h2 id="own-appeals" className="text-17 font-[580]">
        {words.title}
      </h2>
      <ul className="mt-1 flex flex-wrap gap-x-6">
        {asked.map(({ partId, label, state }) => (
          <li key={partId}>
            <a href={`#part-${partId}`} className="inline-flex min-h-9 items-center gap-1.5">
              <span className="link font-[540]">Q{label}</span>
              <span className={state === 'answered' ? 'text-13 text-accent' : 'text-13 text-quiet'}>
                {words.states[state]}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
