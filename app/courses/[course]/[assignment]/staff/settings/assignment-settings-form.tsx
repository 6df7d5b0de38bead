'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { BilingualField } from '@/app/components/bilingual-field'
import { Field, SelectField } from '@/app/components/field'
import { useRequest } from '@/app/components/use-request'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import { type AssignmentDetailsView, assignmentStates } from '@/lib/authoring/view'

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
  const [title, setTitle] = useState(assignment.title)
  const [introduction, setIntroduction] = useState(assignment.introduction)
  const [slug, setSlug] = useState(assignment.slug)
  const [state, setState] = useState(assignment.state)
  const [shuffleOptions, setShuffleOptions] = useState(assignment.shuffleOptions)
  const [saved, setSaved] = useState(false)
  const issue = (path: string) => {
    const found = issueOf(path)
    return found && words.issue(found)
  }
  const edited = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value)
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
        const body = { title, introduction, slug, state, shuffleOptions }
        const changed = await send('PUT', `/api/assignments/${assignmentId}`, body)
        setSaved(changed !== null)
        if (changed && slug !== assignment.slug) router.replace(`/courses/${course}/${slug}/staff/settings`)
      }}
    >
      <SelectField
        label={words.state}
        hint={words.stateHints[state]}
        value={state}
        options={states.map((one) => [one, words.states[one]] as const)}
        onChange={edited(setState)}
      />
      <BilingualField
        label={words.title}
        value={title}
        issueOf={(language) => issue(`title.${language}`)}
        onChange={edited(setTitle)}
      />
      <BilingualField
        label={words.introduction}
        rows={5}
        value={introduction}
        issueOf={(language) => issue(`introduction.${language}`)}
        onChange={edited(setIntroduction)}
      />
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          className="tick"
          checked={shuffleOptions}
          onChange={({ target }) => edited(setShuffleOptions)(target.checked)}
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
            onChange={({ target }) => edited(setSlug)(target.value)}
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
