'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { BilingualField } from '@/app/components/bilingual-field'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Field, SelectField } from '@/app/components/field'
import { useRequest } from '@/app/components/use-request'
import type { CopySource } from '@/lib/authoring/view'
import { useCourseMessages } from '../use-course-messages'

const none = ''

export function NewCourseForm({
  sources,
  copyOf,
  zones,
}: {
  sources: readonly CopySource<string>[]
  /** Slug of the course that was chosen before. */
  copyOf: string | null
  zones: readonly string[]
}) {
  const words = useCourseMessages()
  const told = useOneLanguage()
  const router = useRouter()
  const { send, working, problem, issueOf } = useRequest(words)
  const [title, setTitle] = useState({ zh: '', en: '' })
  const [slug, setSlug] = useState('')
  const [timeZone, setTimeZone] = useState('Asia/Taipei')
  const [source, setSource] = useState(copyOf ?? none)
  const issue = (path: string) => {
    const found = issueOf(path)
    return found && words.issue(found)
  }
  return (
    <form
      className="mt-8 grid gap-6"
      noValidate
      onSubmit={async (event) => {
        event.preventDefault()
        const body = { title, slug, timeZone, copyOf: source === none ? null : source }
        const made = await send<{ slug: string }>('POST', '/api/courses', body)
        if (made) router.push(`/courses/${made.slug}/staff`)
      }}
    >
      <BilingualField
        label={words.title}
        value={title}
        issueOf={(language) => issue(`title.${language}`)}
        onChange={setTitle}
      />
      <Field label={words.slug} hint={words.slugHint} error={issue('slug')}>
        {(control) => (
          <input
            {...control}
            className="field font-mono"
            value={slug}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ target }) => setSlug(target.value)}
          />
        )}
      </Field>
      <SelectField
        label={words.timeZone}
        hint={words.timeZoneHint}
        error={issue('timeZone')}
        value={timeZone}
        options={zones.map((zone) => [zone, zone] as const)}
        onChange={setTimeZone}
      />
      <SelectField
        label={words.copyOf}
        hint={source === none ? undefined : words.copyOfHint}
        value={source}
        options={[[none, words.emptyCourse], ...sources.map(({ id, title }) => [id, told(title)] as const)]}
        onChange={setSource}
      />
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className="button button-accent" disabled={working}>
          {working ? words.working : words.makeCourse}
        </button>
        <p role="status" className="text-wrong">
          {problem}
        </p>
      </div>
    </form>
  )
}
