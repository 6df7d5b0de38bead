import { optionLetter } from '@/lib/questions/option-letter'
import { partLabel } from '@/lib/questions/shown-label'
import type { DraftPlace } from '@/lib/studio/draft-problems'
import type { Draft } from '@/lib/studio/schema'
import type { StudioMessages } from '../messages/messages'

/** @returns where in a draft something is: `Part 23.1, option B`. */
export function placeWords(
  place: DraftPlace,
  { label, parts }: Draft,
  { at, places }: StudioMessages,
): string {
  const part =
    place.part === undefined || parts.length === 1 ? null : partLabel(label, parts.length, place.part)
  return at(part, places[place.field], place.option === undefined ? null : optionLetter(place.option))
}

/** Address of a field in the page, so that a problem leads to it. */
export function fieldId({ part, option, field }: DraftPlace): string {
  return ['field', field, part, option].filter((step) => step !== undefined).join('-')
}
