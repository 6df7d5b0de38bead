'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Field, NumberField, WallField } from '@/app/components/field'
import { useMomentFormat } from '@/app/components/local-time'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { finds } from '@/lib/people/finding'
import type { StudentScheduleInput } from '@/lib/timing/schema'
import type { StudentScheduleView } from '@/lib/timing/view'
import { useDatesMessages } from './messages/use-dates-messages'
import { SaveBar } from './save-bar'
import { useSaving } from './use-saving'

/** Everybody in the course; a line opens the student's own time. */
export function StudentSchedules({
  assignmentId,
  address,
  students,
}: {
  assignmentId: string
  address: string
  students: readonly StudentScheduleView[]
}) {
  const messages = useDatesMessages()
  const [wanted, setWanted] = useState('')
  const isFound = finds(wanted)
  const found = students.filter(({ name, email }) => isFound(`${name} ${email}`))
  return (
    <ReadyFieldset>
      <div className="mt-4 max-w-sm">
        <Field label={messages.search}>
          {(control) => (
            <input
              {...control}
              type="search"
              className="field"
              value={wanted}
              onChange={({ target }) => setWanted(target.value)}
            />
          )}
        </Field>
      </div>
      {found.length === 0 && <p className="mt-4 text-quiet">{messages.noStudents}</p>}
      <ul className="mt-4 border-t">
        {found.map((student) => (
          <Student key={student.userId} assignmentId={assignmentId} address={address} student={student} />
        ))}
      </ul>
    </ReadyFieldset>
  )
}

function Student({
  assignmentId,
  address,
  student,
}: {
  assignmentId: string
  address: string
  student: StudentScheduleView
}) {
  const messages = useDatesMessages()
  const moment = useMomentFormat()
  const [open, setOpen] = useState(false)
  const { extraTimePercent, override } = student.schedule
  const isOwn = Object.entries(override).some(([name, value]) => name !== 'reason' && value !== null)
  const panel = `student-${student.userId}`
  return (
    <li className="border-b">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
        <button
          type="button"
          className="flex min-h-11 min-w-0 items-center gap-2 text-left"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={17} aria-hidden="true" className={open ? 'rotate-90' : ''} />
          <span className="min-w-0">
            <span className="font-[520]">{student.name}</span>
            <span className="block truncate text-13 text-quiet">{student.email}</span>
          </span>
        </button>
        {extraTimePercent > 0 && <Badge>{messages.extraBadge(extraTimePercent)}</Badge>}
        {isOwn && <Badge>{messages.ownBadge}</Badge>}
        {student.endsAt && (
          <span className="text-13 text-quiet">{messages.endsAt(moment(student.endsAt))}</span>
        )}
        <Link
          href={`${address}/staff/preview?student=${student.userId}`}
          className="link ml-auto inline-flex min-h-6 items-center text-13"
          prefetch={false}
        >
          {messages.seeAs}
        </Link>
      </div>
      <div id={panel}>
        {open && <StudentForm assignmentId={assignmentId} userId={student.userId} given={student.schedule} />}
      </div>
    </li>
  )
}

function Badge({ children }: { children: string }) {
  return <span className="rounded-full border px-2 py-0.5 text-13 text-quiet">{children}</span>
}

function StudentForm({
  assignmentId,
  userId,
  given,
}: {
  assignmentId: string
  userId: string
  given: StudentScheduleInput
}) {
  const messages = useDatesMessages()
  const [schedule, setSchedule] = useState(given)
  const saving = useSaving(`/api/assignments/${assignmentId}/students/${userId}/schedule`)
  const { error } = saving
  const { override } = schedule
  const change = (part: Partial<StudentScheduleInput['override']>) => {
    setSchedule((known) => ({ ...known, override: { ...known.override, ...part } }))
    saving.touch()
  }
  return (
    <form
      noValidate
      className="mb-6 grid gap-5 rounded-card border px-5 py-5"
      onSubmit={(event) => {
        event.preventDefault()
        void saving.save(schedule)
      }}
    >
      <div className="max-w-sm">
        <NumberField
          label={messages.extraTime}
          hint={messages.extraTimeHint}
          error={error('extraTimePercent')}
          value={schedule.extraTimePercent}
          min={0}
          max={400}
          onChange={(percent) => {
            setSchedule((known) => ({ ...known, extraTimePercent: percent ?? 0 }))
            saving.touch()
          }}
        />
      </div>
      <fieldset>
        <legend className="text-15 font-[560]">{messages.own}</legend>
        <p className="text-13 text-quiet">{messages.asForAll}</p>
        <div className="mt-3 grid gap-4 sm:grid-cols-3">
          {(['opensAt', 'dueAt', 'closesAt'] as const).map((name) => (
            <WallField
              key={name}
              label={messages[name]}
              error={error(`override.${name}`)}
              value={override[name]}
              onChange={(value) => change({ [name]: value })}
            />
          ))}
          <NumberField
            label={messages.timeLimit}
            error={error('override.timeLimitMinutes')}
            value={override.timeLimitMinutes}
            min={1}
            max={20_160}
            onChange={(timeLimitMinutes) => change({ timeLimitMinutes })}
          />
          <NumberField
            label={messages.ownExtraTime}
            error={error('override.extraTimePercent')}
            value={override.extraTimePercent}
            min={0}
            max={400}
            onChange={(extraTimePercent) => change({ extraTimePercent })}
          />
          <NumberField
            label={messages.attemptsAllowed}
            error={error('override.attemptsAllowed')}
            value={override.attemptsAllowed}
            min={1}
            max={100}
            onChange={(attemptsAllowed) => change({ attemptsAllowed })}
          />
          <div className="sm:col-span-3">
            <Field label={messages.reason} error={error('override.reason')}>
              {(control) => (
                <input
                  {...control}
                  className="field"
                  maxLength={500}
                  value={override.reason}
                  onChange={({ target }) => change({ reason: target.value })}
                />
              )}
            </Field>
          </div>
        </div>
      </fieldset>
      <SaveBar saving={saving} />
    </form>
  )
}
