'use client'

import Link from 'next/link'
import { useId } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import { useEvidenceMessages } from '@/app/courses/[course]/[assignment]/staff/evidence/use-evidence-messages'
import { findOption } from '@/app/courses/[course]/[assignment]/staff/studio/schema-form/option-labels'
import type { BankQuery } from '@/lib/bank/schema'
import type { BankPage } from '@/lib/bank/view'
import type { Topic } from '@/lib/questions/content'
import type { VerdictName } from '@/lib/verification/part-verdict'
import { useBankMessages } from './use-bank-messages'

/** What is searched for. A form without a script: it works before the page listens, and each search is an address. */
export function BankFilters({
  address,
  query,
  page: { tags, courses },
  all,
}: {
  address: string
  query: BankQuery
  page: Pick<BankPage, 'tags' | 'courses'>
  /** Everything that can be chosen from. */
  all: {
    readonly topics: readonly Topic[]
    readonly figures: readonly string[]
    readonly verdicts: readonly VerdictName[]
  }
}) {
  const words = useBankMessages()
  const { topics } = useMessages()
  const { verdicts } = useEvidenceMessages()
  const say = useOneLanguage()
  const { page: _, q, ...choices } = query
  const layoutName = (layout: string) => {
    const known = findOption(layout)
    return known ? say(known) : layout
  }
  return (
    <form method="get" action={address} className="no-print mt-6 grid gap-4">
      <div className="flex max-w-xl gap-2">
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={200}
          aria-label={words.search}
          placeholder={words.searchHint}
          className="field"
        />
        <button type="submit" className="button button-accent shrink-0 whitespace-nowrap">
          {words.find}
        </button>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Choice
          name="course"
          label={words.course}
          value={choices.course}
          options={courses.map(({ slug, title }) => [slug, say(title)])}
        />
        <Choice name="tag" label={words.tag} value={choices.tag} options={tags.map((tag) => [tag, tag])} />
        <Choice
          name="topic"
          label={words.topic}
          value={choices.topic}
          options={all.topics.map((topic) => [topic, topics[topic]])}
        />
        <Choice
          name="figure"
          label={words.figure}
          value={choices.figure}
          options={[['none', words.noFigure], ...all.figures.map((one) => [one, layoutName(one)] as const)]}
        />
        <Choice
          name="verdict"
          label={words.verdict}
          value={choices.verdict}
          options={[...all.verdicts, 'unchecked' as const].map((one) => [one, verdicts[one]])}
        />
        <Choice
          name="archived"
          label={words.state}
          value={choices.archived}
          any={words.states.without}
          options={[
            ['with', words.states.with],
            ['only', words.states.only],
          ]}
        />
      </div>
      {(q !== '' || Object.values(choices).some((value) => value !== undefined)) && (
        <p>
          <Link href={address} className="link text-13">
            {words.reset}
          </Link>
        </p>
      )}
    </form>
  )
}

function Choice({
  name,
  label,
  value,
  any,
  options,
}: {
  name: keyof BankQuery
  label: string
  value: string | undefined
  /** What it is called to choose nothing. */
  any?: string
  options: readonly (readonly [string, string])[]
}) {
  const words = useBankMessages()
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block text-13 font-[540]">
        {label}
      </label>
      <select id={id} name={name} defaultValue={value ?? ''} className="field mt-1.5">
        <option value="">{any ?? words.any}</option>
        {options.map(([option, said]) => (
          <option key={option} value={option}>
            {said}
          </option>
        ))}
      </select>
    </div>
  )
}
