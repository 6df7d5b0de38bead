'use client'

import { useState } from 'react'
import { NumberField, SelectField } from '@/app/components/field'
import { useMomentFormat } from '@/app/components/local-time'
import { RemovalQuestion } from '@/app/components/removal-question'
import { useRequest } from '@/app/components/use-request'
import { roles } from '@/lib/auth/permissions'
import type { PersonLine } from '@/lib/people/view'
import { type SectionName, withoutSection } from '@/lib/sections/view'
import { usePeopleMessages } from './use-people-messages'

type Step = 'shown' | 'changing' | 'removing'

/** One person with role, section, extra time and account, and what can be changed of them. */
export function PersonRow({
  course,
  person,
  sections,
  onRenew,
}: {
  course: string
  person: PersonLine
  sections: readonly SectionName[]
  onRenew: () => void
}) {
  const words = usePeopleMessages()
  const format = useMomentFormat()
  const { send, working, problem } = useRequest(words)
  const [step, setStep] = useState<Step>('shown')
  const { userId, name, email, role, sectionId, extraTimePercent, account, attempts } = person
  const address = `/api/courses/${course}/people/${userId}`
  const section = sections.find((one) => one.sectionId === sectionId)?.name
  return (
    <li className="border-b py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 flex-1 basis-56">
          <span className="font-[540] break-words">{name}</span>
          <span className="block truncate text-13 text-quiet">{email}</span>
        </span>
        <span className="flex flex-wrap gap-x-3 text-13">
          <span className={role === 'STUDENT' ? '' : 'font-[560]'}>{words.roles[role]}</span>
          {section && <span>{section}</span>}
          {extraTimePercent > 0 && <span className="numbers">{words.extraTime(extraTimePercent)}</span>}
          {account.kind === 'invited' && (
            <span className="text-quiet">
              {account.expired ? words.expired : words.invited(format(account.expiresAt))}
            </span>
          )}
          {account.kind === 'invited-elsewhere' && (
            <span className="text-quiet">{words.invitedElsewhere}</span>
          )}
        </span>
        <span className="flex flex-wrap max-sm:-ml-2">
          {account.kind === 'invited' && (
            <button type="button" className="tool" onClick={onRenew}>
              {words.newLink}
              <span className="sr-only"> {name}</span>
            </button>
          )}
          <button type="button" className="tool" onClick={() => setStep('changing')}>
            {words.change}
            <span className="sr-only"> {name}</span>
          </button>
          <button type="button" className="tool" onClick={() => setStep('removing')}>
            {words.remove}
            <span className="sr-only"> {name}</span>
          </button>
        </span>
      </div>
      {step === 'changing' && (
        <MembershipForm
          person={person}
          sections={sections}
          working={working}
          onCancel={() => setStep('shown')}
          onSave={async (membership) => {
            if (await send('PUT', address, membership)) setStep('shown')
          }}
        />
      )}
      {step === 'removing' && (
        <RemovalQuestion
          question={words.removeQuestion(name, attempts)}
          words={words}
          working={working}
          onCancel={() => setStep('shown')}
          onRemove={() => void send('DELETE', address)}
        />
      )}
      <p role="status" className="text-13 text-wrong empty:hidden">
        {problem}
      </p>
    </li>
  )
}

type Membership = Pick<PersonLine, 'role' | 'sectionId' | 'extraTimePercent'>

function MembershipForm({
  person,
  sections,
  working,
  onCancel,
  onSave,
}: {
  person: PersonLine
  sections: readonly SectionName[]
  working: boolean
  onCancel: () => void
  onSave: (membership: Membership) => void
}) {
  const words = usePeopleMessages()
  const [role, setRole] = useState(person.role)
  const [sectionId, setSectionId] = useState(person.sectionId ?? withoutSection)
  const [extraTimePercent, setExtraTimePercent] = useState<number | null>(person.extraTimePercent)
  return (
    <form
      className="case mt-2 grid gap-3 px-4 py-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSave({
          role,
          sectionId: sectionId === withoutSection ? null : sectionId,
          extraTimePercent: extraTimePercent ?? 0,
        })
      }}
    >
      <div className="grid gap-3 sm:grid-cols-3">
        <SelectField
          label={words.role}
          value={role}
          options={roles.map((one) => [one, words.roles[one]] as const)}
          onChange={setRole}
        />
        {role === 'STUDENT' && (
          <>
            <SelectField
              label={words.section}
              value={sectionId}
              options={[
                [withoutSection, words.noSection],
                ...sections.map((one) => [one.sectionId, one.name] as const),
              ]}
              onChange={setSectionId}
            />
            <NumberField
              label={words.extraTimeField}
              hint={words.extraTimeHint}
              value={extraTimePercent}
              min={0}
              max={400}
              onChange={setExtraTimePercent}
            />
          </>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-accent" disabled={working}>
          {words.save}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
