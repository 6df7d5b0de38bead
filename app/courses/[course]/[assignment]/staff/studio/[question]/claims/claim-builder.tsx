'use client'

import { useMemo, useState } from 'react'
import { RichText } from '@/app/components/rich-text'
import type { Claim } from '@/lib/explainers/claims/claim'
import { withoutMeasurement } from '@/lib/explainers/claims/claim-drafting'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import { subjectsOf } from '@/lib/explainers/claims/subjects'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { optionLetter } from '@/lib/questions/option-letter'
import type { DraftEvidence, DraftPart } from '@/lib/studio/schema'
import type { MeasurablePicture } from '@/lib/studio/view'
import { useRendered } from '../../use-rendered'
import { BilingualField } from '../bilingual-field'
import type { FieldNote, PartNotes } from '../field-notes'
import { type Claimable, ClaimFields } from './claim-fields'
import { titlesOf } from './measurement-form'
import { MeasurementList } from './measurement-list'
import { useClaimMessages } from './messages'

type ClaimsEvidence = Extract<DraftEvidence, { kind: 'claims' }>
type ReasonedEvidence = Extract<DraftEvidence, { kind: 'reasoned' }>

interface Props<Evidence> {
  readonly part: DraftPart
  readonly evidence: Evidence
  readonly figureSpec: FigureSpec | null
  readonly pictures: readonly MeasurablePicture[]
  readonly notes: PartNotes
  /** @param field what is typed in, so that undoing takes it as one */
  readonly onChange: (evidence: Evidence, field?: string) => void
}

type Measurements = { readonly [name: string]: Measurement }

const noText = { zh: '', en: '' }

/** What is measured, and what each option says of it, by menus; why a key stands that the model contradicts. */
export function ClaimBuilder({
  part,
  evidence,
  figureSpec,
  pictures,
  notes,
  onChange,
}: Props<ClaimsEvidence>) {
  const words = useClaimMessages()
  const { measurements, claims, accepted, disputed } = evidence
  const claimable = useClaimable(measurements, pictures)
  const setClaim = (id: string, claim: Claim | null) => {
    const { [id]: _, ...others } = claims
    onChange({ ...evidence, claims: claim ? { ...others, [id]: claim } : others }, `${part.id} claim ${id}`)
  }
  return (
    <div className="mt-4 grid gap-6">
      <MeasurementList
        measurements={measurements}
        figureSpec={figureSpec}
        pictures={pictures}
        onChange={(name, measurement) =>
          onChange(
            { ...evidence, measurements: { ...measurements, [name]: measurement } },
            `${part.id} measurement ${name}`,
          )
        }
        onRemove={(name) => onChange(withoutMeasurement(evidence, name))}
      />
      <fieldset className="@container grid gap-3">
        <legend className="mb-2 text-13 font-[560]">{words.claims}</legend>
        {part.options.map(({ id, text }, index) => (
          <div key={id}>
            <ClaimFields
              claim={claims[id] ?? null}
              claimable={claimable}
              heading={<OptionName text={text} letter={optionLetter(index)} />}
              onChange={(claim) => setClaim(id, claim)}
            />
            <Notes notes={notes.option(id, 'evidence')} />
          </div>
        ))}
      </fieldset>
      <BilingualField
        id={`${part.id}-accepted`}
        label={words.accepted}
        hint={words.acceptedHint}
        value={accepted ?? noText}
        onChange={(text, language) =>
          onChange({ ...evidence, accepted: text }, `${part.id} accepted ${language}`)
        }
      />
      <BilingualField
        id={`${part.id}-disputed`}
        label={words.disputed}
        hint={words.disputedHint}
        value={disputed ?? noText}
        onChange={(text, language) =>
          onChange({ ...evidence, disputed: text }, `${part.id} disputed ${language}`)
        }
      />
    </div>
  )
}

/** A key that follows from a definition: a measurement may show it at work. */
export function DemonstrationBuilder({
  part,
  evidence: { demonstration },
  figureSpec,
  pictures,
  onChange,
}: Omit<Props<ReasonedEvidence>, 'notes'>) {
  const words = useClaimMessages()
  // Measurements without a claim are no demonstration yet: they wait here for one.
  const [waiting, setWaiting] = useState<Measurements>({})
  const [startsOpen] = useState(demonstration !== undefined)
  const measurements = demonstration?.measurements ?? waiting
  const claimable = useClaimable(measurements, pictures)
  const give = (changed: Measurements, claim: Claim | null, field?: string) => {
    if (!claim) setWaiting(changed)
    if (claim || demonstration)
      onChange(
        { kind: 'reasoned', ...(claim && { demonstration: { measurements: changed, claim } }) },
        field && `${part.id} ${field}`,
      )
  }
  const claim = demonstration?.claim ?? null
  return (
    <details className="mt-4" open={startsOpen}>
      <summary className="cursor-pointer text-13 font-[560]">{words.demonstration}</summary>
      <p className="mt-1 text-13 text-quiet">{words.demonstrationHint}</p>
      <div className="@container mt-3 grid gap-4">
        <MeasurementList
          measurements={measurements}
          figureSpec={figureSpec}
          pictures={pictures}
          onChange={(name, measurement) =>
            give({ ...measurements, [name]: measurement }, claim, `measurement ${name}`)
          }
          onRemove={(name) => {
            const claims: { readonly [id: string]: Claim } = claim ? { claim } : {}
            const left = withoutMeasurement({ measurements, claims }, name)
            give(left.measurements, left.claims.claim ?? null)
          }}
        />
        <ClaimFields
          claim={claim}
          claimable={claimable}
          heading={words.demonstrated}
          onChange={(changed) => give(measurements, changed, 'demonstration')}
        />
      </div>
    </details>
  )
}

function useClaimable(measurements: Measurements, pictures: readonly MeasurablePicture[]): Claimable {
  return useMemo(() => {
    const regionsOf = (picture: string | number) =>
      pictures.find(({ name }) => name === picture)?.regions ?? []
    const subjects = Object.fromEntries(
      Object.entries(measurements).map(([name, measurement]) => [
        name,
        subjectsOf(measurement, regionsOf, titlesOf(pictures)),
      ]),
    )
    return { measurements, subjects }
  }, [measurements, pictures])
}

function OptionName({ letter, text }: { letter: string; text: { zh: string; en: string } }) {
  const words = useClaimMessages()
  const { text: rendered } = useRendered(text, 'inline')
  return (
    <span className="flex gap-2">
      <span className="sr-only">{words.claimOf(letter)}: </span>
      <span aria-hidden="true" className="font-semibold text-quiet">
        {letter}
      </span>
      <span className="min-w-0">
        <RichText text={rendered} as="inline" second="hidden" />
      </span>
    </span>
  )
}

function Notes({ notes }: { notes: readonly FieldNote[] }) {
  return notes.map(({ message }) => (
    <p key={message} className="mt-1 text-13 text-wrong">
      {message}
    </p>
  ))
}
