'use client'

import { useState } from 'react'
import { BilingualField } from '@/app/components/bilingual-field'
import { SelectField } from '@/app/components/field'
import { useRequest } from '@/app/components/use-request'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import type { CourseDetails } from '@/lib/authoring/view'

export function CourseSettingsForm({ course, zones }: { course: CourseDetails; zones: readonly string[] }) {
  const words = useCourseMessages()
  const { send, working, problem, issueOf, touch } = useRequest(words)
  const [title, setTitle] = useState(course.title)
  const [timeZone, setTimeZone] = useState(course.timeZone)
  const [saved, setSaved] = useState(false)
  const archived = course.archivedAt !== null
  const issue = (path: string) => {
    const found = issueOf(path)
    return found && words.issue(found)
  }
  const change = async (settings: { archived: boolean }) =>
    setSaved((await send('PUT', `/api/courses/${course.slug}`, { title, timeZone, ...settings })) !== null)
  const edited = () => {
    setSaved(false)
    touch()
  }
  return (
    <>
      <form
        className="mt-8 grid gap-6"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void change({ archived })
        }}
      >
        <BilingualField
          label={words.title}
          value={title}
          issueOf={(language) => issue(`title.${language}`)}
          onChange={(next) => {
            setTitle(next)
            edited()
          }}
        />
        <SelectField
          label={words.timeZone}
          hint={words.timeZoneHint}
          error={issue('timeZone')}
          value={timeZone}
          options={zones.map((zone) => [zone, zone] as const)}
          onChange={(next) => {
            setTimeZone(next)
            edited()
          }}
        />
        <div className="flex flex-wrap items-center gap-4">
          <button type="submit" className="button button-accent" disabled={working}>
            {working ? words.working : words.save}
          </button>
          <p role="status" className={problem ? 'text-wrong' : 'text-quiet'}>
            {problem ?? (saved && words.saved)}
          </p>
        </div>
      </form>
      <section className="mt-14" aria-labelledby="archive">
        <h2 id="archive" className="text-21 font-[580]">
          {archived ? words.archived : words.archive}
        </h2>
        <p className="mt-1 text-quiet">{words.archivedLead}</p>
        <button
          type="button"
          className="button mt-4"
          disabled={working}
          onClick={() => void change({ archived: !archived })}
        >
          {archived ? words.takeBack : words.archiveCourse}
        </button>
      </section>
    </>
  )
}
