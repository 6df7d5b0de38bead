'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useId, useState } from 'react'
import { RemovalQuestion } from '@/app/components/removal-question'
import { longestSectionName, type SectionLine } from '@/lib/sections/view'
import { SimulatedMark } from '../simulated-mark'
import { useSectionMessages } from '../use-section-messages'
import { useChange } from './use-change'

/** Every section with its size, and a form for a new one. */
export function SectionList({
  course,
  address,
  sections,
}: {
  course: string
  address: string
  sections: readonly SectionLine[]
}) {
  const words = useSectionMessages()
  return (
    <div className="mt-6">
      {sections.length === 0 ? (
        <p className="case px-6 py-8 text-center text-quiet">{words.empty}</p>
      ) : (
        <ul className="border-t" aria-label={words.title}>
          {sections.map((section) => (
            <Section key={section.sectionId} course={course} address={address} section={section} />
          ))}
        </ul>
      )}
      <MakeForm course={course} />
    </div>
  )
}

function MakeForm({ course }: { course: string }) {
  const words = useSectionMessages()
  const { change, working, problem } = useChange(course)
  const [name, setName] = useState('')
  const label = useId()
  return (
    <form
      className="mt-4"
      noValidate
      onSubmit={async (event) => {
        event.preventDefault()
        if (await change('POST', 'sections', { name })) setName('')
      }}
    >
      <label htmlFor={label} className="text-13 text-quiet">
        {words.name}
      </label>
      <div className="mt-1 flex max-w-md flex-wrap gap-2">
        <input
          id={label}
          className="field min-w-40 flex-1"
          value={name}
          maxLength={longestSectionName}
          autoComplete="off"
          aria-describedby={`${label}-problem`}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" className="button whitespace-nowrap" disabled={working || name.trim() === ''}>
          <Plus size={16} aria-hidden="true" />
          {words.make}
        </button>
      </div>
      <p id={`${label}-problem`} role="status" className="mt-1 text-13 text-wrong">
        {problem}
      </p>
    </form>
  )
}

type Step = 'shown' | 'renaming' | 'removing'

function Section({ course, address, section }: { course: string; address: string; section: SectionLine }) {
  const words = useSectionMessages()
  const { change, working, problem } = useChange(course)
  const [step, setStep] = useState<Step>('shown')
  const path = `sections/${section.sectionId}`
  return (
    <li className="border-b py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 font-[540] break-words">
          {section.name}
          {section.simulated && <SimulatedMark />}
        </span>
        <span className="numbers text-13 text-quiet">{words.students(section.students)}</span>
        <span className="ml-auto flex flex-wrap items-center gap-x-3 text-13">
          <Link className="link" href={`${address}/scores?section=${section.sectionId}`} prefetch={false}>
            {words.scores}
          </Link>
          <Link className="link" href={`${address}/statistics?section=${section.sectionId}`} prefetch={false}>
            {words.statistics}
          </Link>
          <button type="button" className="tool" onClick={() => setStep('renaming')}>
            {words.rename}
            <span className="sr-only"> {section.name}</span>
          </button>
          <button type="button" className="tool" onClick={() => setStep('removing')}>
            {words.remove}
            <span className="sr-only"> {section.name}</span>
          </button>
        </span>
      </div>
      {step === 'renaming' && (
        <RenameForm
          name={section.name}
          working={working}
          onCancel={() => setStep('shown')}
          onRename={async (name) => {
            if (await change('PUT', path, { name })) setStep('shown')
          }}
        />
      )}
      {step === 'removing' && (
        <RemovalQuestion
          question={words.removeQuestion(section.name, section.students)}
          words={words}
          working={working}
          onCancel={() => setStep('shown')}
          onRemove={() => void change('DELETE', path)}
        />
      )}
      <p role="status" className="text-13 text-wrong">
        {problem}
      </p>
    </li>
  )
}

function RenameForm({
  name,
  working,
  onCancel,
  onRename,
}: {
  name: string
  working: boolean
  onCancel: () => void
  onRename: (name: string) => void
}) {
  const words = useSectionMessages()
  const [changed, setChanged] = useState(name)
  return (
    <form
      className="mt-2 flex max-w-lg flex-wrap gap-2"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onRename(changed)
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears where somebody asked for it
        autoFocus
        className="field min-w-40 flex-1"
        aria-label={words.name}
        value={changed}
        maxLength={longestSectionName}
        autoComplete="off"
        onChange={({ target }) => setChanged(target.value)}
      />
      <button type="submit" className="button" disabled={working || changed.trim() === ''}>
        {words.save}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </form>
  )
}
