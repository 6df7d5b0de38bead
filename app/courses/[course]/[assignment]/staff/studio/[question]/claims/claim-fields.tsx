'use client'

import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { SelectField } from '@/app/components/field'
import type { Claim } from '@/lib/explainers/claims/claim'
import {
  claimOf,
  findClaimProblems,
  type Joint,
  operatorsFor,
  startComparison,
  type Term,
  termsOf,
} from '@/lib/explainers/claims/claim-drafting'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import type { Subjects } from '@/lib/explainers/claims/subjects'
import { describeClaim } from '@/lib/explainers/claims/wording'
import { useClaimMessages } from './messages'
import { TermFields } from './term-fields'

/** What claims of a part may name. */
export interface Claimable {
  readonly measurements: { readonly [name: string]: Measurement }
  /** By the measurement's name. */
  readonly subjects: { readonly [name: string]: Subjects }
}

const joints = ['all', 'any'] as const

/** One claim: its comparisons by menus, and what they say in words. */
export function ClaimFields({
  claim,
  claimable,
  heading,
  onChange,
}: {
  /** null: there is none yet. */
  claim: Claim | null
  claimable: Claimable
  heading: ReactNode
  /** null: its last comparison was removed. */
  onChange: (claim: Claim | null) => void
}) {
  const words = useClaimMessages()
  const [isOpen, setOpen] = useState(claim === null)
  const { joint, terms } = claim ? termsOf(claim) : { joint: 'all' as const, terms: [] }
  const next = firstTerm(claimable)
  const change = (changed: readonly Term[], by: Joint = joint) =>
    onChange(changed.length === 0 ? null : claimOf({ joint: by, terms: changed }))
  return (
    <fieldset className="rounded-card border px-4 pt-2 pb-3">
      <legend className="px-1 text-15">{heading}</legend>
      {claim ? (
        <div className="border-l-2 border-accent pl-3 text-13" aria-live="polite">
          <BilingualText text={describeClaim(claim, withNames(claimable))} />
          {findClaimProblems(claim, claimable.subjects).map((problem) => (
            <p key={JSON.stringify(problem)} className="mt-1 text-wrong">
              {words.problem(problem)}
            </p>
          ))}
        </div>
      ) : (
        <p className="text-13 text-quiet">{words.noClaim}</p>
      )}
      <details className="mt-2" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="min-h-6 cursor-pointer text-13 font-[540] text-quiet">
          {words.comparisons(terms.length)}
        </summary>
        <div className="mt-3 grid gap-4">
          {terms.length > 1 && (
            <SelectField
              label={words.joint}
              value={joint}
              options={joints.map((value) => [value, words.joints[value]] as const)}
              onChange={(by) => change(terms, by)}
            />
          )}
          {terms.map((term, index) => (
            <TermFields
              // biome-ignore lint/suspicious/noArrayIndexKey: comparisons have no name but their place
              key={index}
              number={index + 1}
              term={term}
              claimable={claimable}
              onChange={(changed) => change(terms.map((other, at) => (at === index ? changed : other)))}
              onRemove={() => change(terms.filter((_, at) => at !== index))}
            />
          ))}
        </div>
        <button
          type="button"
          className="tool mt-2"
          disabled={next === null}
          onClick={() => next && change([...terms, next])}
        >
          <Plus size={15} aria-hidden="true" />
          {claim ? words.addTerm : words.addClaim}
        </button>
        {next === null && <p className="text-13 text-quiet">{words.noSubjects}</p>}
      </details>
    </fieldset>
  )
}

/** @returns what a new claim begins with; null while no measurement has anything to compare. */
function firstTerm({ subjects }: Claimable): Term | null {
  for (const [name, known] of Object.entries(subjects))
    for (const operator of operatorsFor(known)) {
      const comparison = startComparison(operator, name, known)
      if (comparison) return { comparison, negated: false }
    }
  return null
}

/** Readings without numbers: they give the subjects' names to the words. */
function withNames({ measurements, subjects }: Claimable) {
  const readings = Object.fromEntries(
    Object.entries(subjects).map(([name, { known }]) => [
      name,
      { values: known.map((subject) => ({ ...subject, value: null })) },
    ]),
  )
  return { measurements, readings }
}
