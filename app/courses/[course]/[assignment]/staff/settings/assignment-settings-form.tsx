'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { BilingualField } from '@/app/components/bilingual-field'
import { Field, SelectField } from '@/app/components/field'
import { useRequest } from '@/app/components/use-request'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import type { AssignmentDetails } from '@/lib/authoring/schema'
import { type AssignmentDetailsView, assignmentStates } from '@/lib/authoring/view'
import { onTopOf } from '@/lib/on-top-of'

export function AssignmentSettingsForm({
  course,
  assignment,
}: {
  course: string
  assignment: AssignmentDetailsView
}) {
  const words = useCourseMessages()
  const router = useRouter()
  const { send, working, problem, issueOf, touch } = useRequest(words)
  const { assignmentId, started } = assignment
  const [{ details, given }, setForm] = useState({ details: detailsOf(assignment), given: assignment })
  const known = detailsOf(given)
  // What is written here stays where the page comes anew, after a save or from somebody else's.
  if (given !== assignment)
    setForm({ details: onTopOf(detailsOf(assignment), known, details), given: assignment })
  const { title, introduction, slug, state, shuffleOptions } = details
  const [saved, setSaved] = useState(false)
  const issue = (path: string) => {
    const found = issueOf(path)
    return found && words.issue(found)
  }
  const edited = <Name extends keyof AssignmentDetails>(name: Name) => {
    return (value: AssignmentDetails[Name]) => {
      setForm((form) => ({ ...form, details: { ...form.details, [name]: value } }))
      setSaved(false)
      touch()
    }
  }
  const states = assignmentStates.filter((one) => started === 0 || one !== 'DRAFT' || state === 'DRAFT')
  return (
    <form
      className="mt-8 grid gap-6"
      noValidate
      onSubmit={async (event) => {
        event.preventDefault()
        const changed = await send('PUT', `/api/assignments/${assignmentId}`, { ...details, known })
        setSaved(changed !== null)
        if (changed && slug !== assignment.slug) router.replace(`/courses/${course}/${slug}/staff/settings`)
      }}
    >
      <SelectField
        label={words.state}
        hint={words.stateHints[state]}
        value={state}
        options={states.map((one) => [one, words.states[one]] as const)}
        onChange={edited('state')}
      />
      <BilingualField
        label={words.title}
        value={title}
        issueOf={(language) => issue(`title.${language}`)}
        onChange={edited('title')}
      />
      <BilingualField
        label={words.introduction}
        rows={5}
        value={introduction}
        issueOf={(language) => issue(`introduction.${language}`)}
        onChange={edited('introduction')}
      />
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          className="tick"
          checked={shuffleOptions}
          onChange={({ target }) => edited('shuffleOptions')(target.checked)}
        />
        <span>
          <span className="font-[560]">{words.shuffle}</span>
          <span className="block text-13 text-quiet">{words.shuffleHint}</span>
        </span>
      </label>
      <Field
        label={words.slug}
        hint={started > 0 ? words.startedHint(started) : words.assignmentSlugHint}
        error={issue('slug')}
      >
        {(control) => (
          <input
            {...control}
            className="field font-mono"
            value={slug}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            readOnly={started > 0}
            onChange={({ target }) => edited('slug')(target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className="button button-accent" disabled={working}>
          {working ? words.working : words.save}
        </button>
        <p role="status" className={problem ? 'text-wrong' : 'text-quiet'}>
          {problem ?? (saved && words.saved)}
        </p>
      </div>
    </form>
  )
}

function detailsOf({
  slug,
  title,
  introduction,
  state,
  shuffleOptions,
}: AssignmentDetailsView): AssignmentDetails {
  return { slug, title, introduction, state, shuffleOptions }
}
