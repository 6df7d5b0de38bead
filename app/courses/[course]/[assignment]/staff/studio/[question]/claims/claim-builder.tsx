'use client'

import { useMemo, useState } from 'react'
import { RichText } from '@/app/components/rich-text'
import type { Claim } from '@/lib/explainers/claims/claim'
import { withoutMeasurement } from '@/lib/explainers/claims/claim-drafting'
import { type Measurement, measurementSchema } from '@/lib/explainers/claims/measurement'
import { subjectsOf } from '@/lib/explainers/claims/subjects'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { optionLetter } from '@/lib/questions/option-letter'
import type { DraftEvidence, DraftPart, UnfinishedMeasurement } from '@/lib/studio/schema'
import { dropUnfinished, keepUnfinished } from '@/lib/studio/unfinished'
import type { MeasurablePicture } from '@/lib/studio/view'
import { useRendered } from '../../use-rendered'
import { BilingualField } from '../bilingual-field'
import type { FieldNote, PartNotes } from '../field-notes'
import { type Claimable, ClaimFields } from './claim-fields'
import { KeyTrial } from './key-trial'
import { titlesOf } from './measurement-form'
import { MeasurementList } from './measurement-list'
import { useClaimMessages } from './messages'

type ClaimsEvidence = Extract<DraftEvidence, { kind: 'claims' }>
type ReasonedEvidence = Extract<DraftEvidence, { kind: 'reasoned' }>

interface Props<Evidence> {
  readonly questionId: string
  readonly part: DraftPart
  readonly evidence: Evidence
  readonly figureSpec: FigureSpec | null
  readonly pictures: readonly MeasurablePicture[]
  readonly notes: PartNotes
  /** @param field what is typed in, so that undoing takes it as one */
  readonly onChange: (evidence: Evidence, field?: string) => void
}

type Measurements = { readonly [name: string]: Measurement }
type Unfinished = { readonly [name: string]: UnfinishedMeasurement }

const noText = { zh: '', en: '' }

/** What is measured, and what each option says of it, by menus; why a key stands that the model contradicts. */
export function ClaimBuilder({
  questionId,
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
        unfinished={evidence.unfinished}
        figureSpec={figureSpec}
        pictures={pictures}
        onChange={(name, measurement) =>
          onChange(
            dropUnfinished({ ...evidence, measurements: { ...measurements, [name]: measurement } }, name),
            `${part.id} measurement ${name}`,
          )
        }
        onUnfinished={(name, values) =>
          onChange(keepUnfinished(evidence, name, values), `${part.id} measurement ${name}`)
        }
        onRemove={(name) => onChange(dropUnfinished(withoutMeasurement(evidence, name), name))}
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
      <KeyTrial questionId={questionId} part={part} evidence={evidence} figureSpec={figureSpec} />
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
  questionId,
  part,
  evidence,
  figureSpec,
  pictures,
  onChange,
}: Omit<Props<ReasonedEvidence>, 'notes'>) {
  const words = useClaimMessages()
  const { demonstration, unfinished } = evidence
  const [startsOpen] = useState(demonstration !== undefined || unfinished !== undefined)
  // Measurements without a claim are no demonstration yet: they wait for one among the unfinished.
  const waiting = useMemo(() => completeOf(unfinished), [unfinished])
  const measurements = demonstration?.measurements ?? waiting
  const claimable = useClaimable(measurements, pictures)
  const claim = demonstration?.claim ?? null
  const incomplete = dropUnfinished(evidence, ...Object.keys(waiting))
  /** @param name of the measurement that is complete or goes; undefined: only the claim changes */
  const give = (changed: Measurements, said: Claim | null, field: string, name?: string) => {
    const { demonstration: _, unfinished: left, ...rest } = dropUnfinished(incomplete, name ?? '')
    const next = said ? left : { ...(changed as Unfinished), ...left }
    onChange(
      dropUnfinished({
        ...rest,
        ...(said && { demonstration: { measurements: changed, claim: said } }),
        unfinished: next,
      }),
      `${part.id} ${field}`,
    )
  }
  return (
    <details className="mt-4" open={startsOpen}>
      <summary className="cursor-pointer text-13 font-[560]">{words.demonstration}</summary>
      <p className="mt-1 text-13 text-quiet">{words.demonstrationHint}</p>
      <div className="@container mt-3 grid gap-4">
        <MeasurementList
          measurements={measurements}
          unfinished={incomplete.unfinished}
          figureSpec={figureSpec}
          pictures={pictures}
          onChange={(name, measurement) =>
            give({ ...measurements, [name]: measurement }, claim, `measurement ${name}`, name)
          }
          onUnfinished={(name, values) =>
            onChange(keepUnfinished(evidence, name, values), `${part.id} measurement ${name}`)
          }
          onRemove={(name) => {
            const claims: { readonly [id: string]: Claim } = claim ? { claim } : {}
            const left = withoutMeasurement({ measurements, claims }, name)
            give(left.measurements, left.claims.claim ?? null, `without ${name}`, name)
          }}
        />
        <ClaimFields
          claim={claim}
          claimable={claimable}
          heading={words.demonstrated}
          onChange={(changed) => give(measurements, changed, 'demonstration')}
        />
        <KeyTrial questionId={questionId} part={part} evidence={evidence} figureSpec={figureSpec} />
      </div>
    </details>
  )
}

/** @returns those that are complete. */
function completeOf(unfinished: Unfinished = {}): Measurements {
  return Object.fromEntries(
    Object.entries(unfinished).flatMap(([name, values]) => {
      const { data } = measurementSchema.safeParse(values)
      return data ? [[name, data] as const] : []
    }),
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
