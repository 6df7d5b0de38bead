import type { Bilingual } from '@/lib/explainers/bilingual'
import { findParityProblems, type ParityProblem } from '@/lib/questions/parity'
import { versionOf } from '@/lib/studio/draft'
import { type DraftPlace, findDraftProblems } from '@/lib/studio/draft-problems'
import type { Draft } from '@/lib/studio/schema'
import type { StudioMessages } from '../messages/messages'

/** What stands below a field: `error` keeps the draft from being published. */
export interface FieldNote {
  readonly severity: 'error' | 'warning'
  readonly message: string
}

export interface PlacedNote extends FieldNote {
  readonly place: DraftPlace
}

export interface PartNotes {
  /** Of the whole field, not of one of its options. */
  readonly of: (...fields: readonly DraftPlace['field'][]) => readonly FieldNote[]
  readonly option: (optionId: string, field?: 'options' | 'evidence') => readonly FieldNote[]
}

const parityFields = {
  prompt: 'prompt',
  'part-prompt': 'prompt',
  option: 'options',
  explanation: 'explanation',
} as const

/** @returns everything that is to be said of a draft, in the order of the page: what it lacks, and where its languages differ. */
export function notesOf(
  draft: Draft,
  { problems }: StudioMessages,
  say: (text: Bilingual) => string,
): PlacedNote[] {
  const { content, key } = versionOf(draft)
  return [
    ...findDraftProblems(draft).map(({ code, place }) => ({
      severity: 'error' as const,
      message: problems[code],
      place,
    })),
    ...findParityProblems(content, key)
      .filter(({ kind }) => kind !== 'missing')
      .map((problem) => ({
        severity: problem.severity,
        message: say(problem.message),
        place: placeOf(problem, draft),
      })),
  ]
}

/** @returns the notes of one part. */
export function partNotes(notes: readonly PlacedNote[], draft: Draft, at: number): PartNotes {
  const own = notes.filter(({ place }) => place.part === at)
  const options = draft.parts[at]?.options ?? []
  return {
    of: (...fields) => own.filter(({ place }) => fields.includes(place.field) && place.option === undefined),
    option: (optionId, field = 'options') =>
      own.filter(
        ({ place }) =>
          place.field === field && place.option !== undefined && options[place.option]?.id === optionId,
      ),
  }
}

function placeOf({ partId, optionId, field }: ParityProblem, { parts }: Draft): DraftPlace {
  const part = parts.findIndex(({ id }) => id === partId)
  const option = parts[part]?.options.findIndex(({ id }) => id === optionId) ?? -1
  return {
    ...(part >= 0 && { part }),
    ...(option >= 0 && { option }),
    field: parityFields[field],
  }
}
