'use client'

import { X } from 'lucide-react'
import { useId } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Field, SelectField } from '@/app/components/field'
import { type Comparison, TRENDS } from '@/lib/explainers/claims/claim'
import { operatorsFor, startComparison, type Term } from '@/lib/explainers/claims/claim-drafting'
import type { Subjects } from '@/lib/explainers/claims/subjects'
import type { Claimable } from './claim-fields'
import { useClaimMessages } from './messages'
import { NumbersInput } from './numbers-input'

const nothing: Subjects = { known: [], open: true }

/** One comparison: of which measurement, how, of what, and with what. */
export function TermFields({
  number,
  term: { comparison, negated },
  claimable: { measurements, subjects },
  onChange,
  onRemove,
}: {
  /** From 1. */
  number: number
  term: Term
  claimable: Claimable
  onChange: (term: Term) => void
  onRemove: () => void
}) {
  const words = useClaimMessages()
  const own = subjects[comparison.of] ?? nothing
  const names = Object.keys(measurements)
  const listed = names.includes(comparison.of) ? names : [comparison.of, ...names]
  const operators = operatorsFor(own)
  const change = (changed: Comparison) => onChange({ comparison: changed, negated })

  /** The same comparison of another measurement where it has what to compare, else the first that does. */
  function choose(of: string) {
    const other = subjects[of] ?? nothing
    const possible = operatorsFor(other)
    const wanted = possible.includes(comparison.op)
      ? [comparison.op, ...possible.filter((operator) => operator !== comparison.op)]
      : possible
    for (const operator of wanted) {
      const started = startComparison(operator, of, other, comparison)
      if (started) return change(started)
    }
  }

  return (
    <fieldset>
      <legend className="sr-only">{words.term(number)}</legend>
      <div className="grid items-start gap-3 @md:grid-cols-2">
        <SelectField
          label={words.of}
          value={comparison.of}
          options={listed.map((name) => [name, labelOf(name)] as const)}
          onChange={choose}
        />
        <SelectField
          label={words.operator}
          value={comparison.op}
          options={(operators.includes(comparison.op) ? operators : [comparison.op, ...operators]).map(
            (operator) => [operator, words.operators[operator]] as const,
          )}
          onChange={(operator) => {
            const started = startComparison(operator, comparison.of, own, comparison)
            if (started) change(started)
          }}
        />
        <Operands comparison={comparison} subjects={own} onChange={change} />
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <label className="flex min-h-9 items-center gap-2.5 text-15">
          <input
            type="checkbox"
            className="tick"
            checked={negated}
            onChange={({ target }) => onChange({ comparison, negated: target.checked })}
          />
          {words.negated}
        </label>
        <button type="button" className="tool" aria-label={words.removeTerm(number)} onClick={onRemove}>
          <X size={16} aria-hidden="true" />
        </button>
      </div>
    </fieldset>
  )

  function labelOf(name: string): string {
    const measurement = measurements[name]
    return measurement ? `${words.names[measurement.measure]} · ${name}` : name
  }
}

function Operands({
  comparison,
  subjects,
  onChange,
}: {
  comparison: Comparison
  subjects: Subjects
  onChange: (comparison: Comparison) => void
}) {
  const words = useClaimMessages()
  if (comparison.op === 'trend')
    return (
      <SelectField
        label={words.trend}
        value={comparison.trend}
        options={TRENDS.map((trend) => [trend, words.trends[trend]] as const)}
        onChange={(trend) => onChange({ ...comparison, trend })}
      />
    )
  const subject = (
    <SubjectField
      label={words.subject}
      value={comparison.subject}
      subjects={subjects}
      onChange={(chosen) => onChange({ ...comparison, subject: chosen })}
    />
  )
  switch (comparison.op) {
    case 'above':
    case 'below':
      return (
        <>
          {subject}
          <NumbersInput
            label={words.than}
            values={[comparison.than]}
            least={1}
            onChange={([than = 0]) => onChange({ ...comparison, than })}
          />
        </>
      )
    case 'from':
      return (
        <>
          {subject}
          <NumbersInput
            label={words.than}
            values={[comparison.above]}
            least={1}
            onChange={([above = 0]) => onChange({ ...comparison, above })}
          />
        </>
      )
    case 'exceeds':
      return (
        <>
          {subject}
          <SubjectField
            label={words.other}
            value={comparison.other}
            subjects={subjects}
            onChange={(other) => onChange({ ...comparison, other })}
          />
        </>
      )
    case 'nearest': {
      const { among, to } = comparison
      return (
        <>
          {subject}
          <NumbersInput
            label={words.among}
            hint={words.amongHint}
            values={among}
            least={2}
            onChange={(numbers) =>
              onChange({ ...comparison, among: [...numbers], to: numbers.includes(to) ? to : numbers[0]! })
            }
          />
          <SelectField
            label={words.to}
            value={String(to)}
            options={[...new Set(among)].map((candidate) => [String(candidate), String(candidate)] as const)}
            onChange={(chosen) => onChange({ ...comparison, to: Number(chosen) })}
          />
        </>
      )
    }
    default:
      return subject
  }
}

/** A menu of what the measurement gives numbers of; typed where only measuring tells all of them. */
function SubjectField({
  label,
  value,
  subjects: { known, open },
  onChange,
}: {
  label: string
  value: string
  subjects: Subjects
  onChange: (subject: string) => void
}) {
  const inLanguage = useOneLanguage()
  const list = useId()
  if (!open) {
    const options = known.map(({ subject, name }) => [subject, inLanguage(name)] as const)
    const isKnown = known.some(({ subject }) => subject === value)
    return (
      <SelectField
        label={label}
        value={value}
        options={isKnown ? options : [[value, value] as const, ...options]}
        onChange={onChange}
      />
    )
  }
  return (
    <Field label={label}>
      {(control) => (
        <>
          <input
            {...control}
            className="field"
            list={list}
            defaultValue={value}
            onChange={({ target }) => target.value.trim() !== '' && onChange(target.value.trim())}
          />
          <datalist id={list}>
            {known.map(({ subject, name }) => (
              <option key={subject} value={subject}>
                {inLanguage(name)}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
