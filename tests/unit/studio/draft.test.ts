import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import { findKeyProblems } from '@/lib/questions/key-consistency'
import { newVersionSchema } from '@/lib/questions/schema'
import { copyDraft, draftOf, emptyDraft, versionOf } from '@/lib/studio/draft'
import { findDraftProblems } from '@/lib/studio/draft-problems'
import {
  addOption,
  addPart,
  changePart,
  changeSelection,
  markCorrect,
  moved,
  pinOption,
  removeOption,
  removePart,
} from '@/lib/studio/edit'
import { type Draft, draftSchema } from '@/lib/studio/schema'

let questions: AssignmentDocument['questions']
beforeAll(async () => {
  questions = (await readAssignment()).questions
})

const versionsOf = (document: AssignmentDocument['questions']) =>
  document.map(({ content, key, figure }) => ({ content, key, figureSpec: figure }))

/** A change that somebody makes with a key or the mouse. */
type Edit = (draft: Draft) => Draft
const place = fc.nat({ max: 5 })
const text = fc.constantFrom('', ' ', 'a', '題目')
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, place, fc.boolean()).map(
    ([at, which, pinned]): Edit =>
      (draft) =>
        changePart(draft, at, (part) => pinOption(part, part.options[which]?.id ?? '', pinned)),
  ),
  fc.record({ zh: text, en: text }).map(
    (prompt): Edit =>
      (draft) => ({ ...draft, prompt }),
  ),
  text.map(
    (label): Edit =>
      (draft) => ({ ...draft, label }),
  ),
  fc.constant<Edit>((draft) => addPart(draft, 's01', [])),
  place.map(
    (at): Edit =>
      (draft) =>
        removePart(draft, at),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Edit =>
      (draft) => ({ ...draft, parts: moved(draft.parts, from, to) }),
  ),
  place.map(
    (at): Edit =>
      (draft) =>
        changePart(draft, at, (part) => addOption(part, [])),
  ),
  fc.tuple(place, place).map(
    ([at, which]): Edit =>
      (draft) =>
        changePart(draft, at, (part) => removeOption(part, part.options[which]?.id ?? '')),
  ),
  fc.tuple(place, place, fc.boolean()).map(
    ([at, which, correct]): Edit =>
      (draft) =>
        changePart(draft, at, (part) => markCorrect(part, part.options[which]?.id ?? 'none', correct)),
  ),
  fc
    .tuple(
      place,
      fc.oneof(
        fc.constantFrom({ kind: 'one' as const }, { kind: 'any' as const }),
        fc.integer({ min: 2, max: 6 }).map((count) => ({ kind: 'count' as const, count })),
      ),
    )
    .map(
      ([at, selection]): Edit =>
        (draft) =>
          changePart(draft, at, (part) => changeSelection(part, selection)),
    ),
  fc.tuple(place, fc.integer({ min: 0, max: 1000 })).map(
    ([at, points]): Edit =>
      (draft) =>
        changePart(draft, at, (part) => ({ ...part, points })),
  ),
  fc.tuple(place, fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 4 })).map(
    ([at, halves]): Edit =>
      (draft) =>
        changePart(draft, at, (part) => ({
          ...part,
          rule: {
            name: 'weighted',
            fractions: Object.fromEntries(
              part.options.slice(0, halves.length).map(({ id }, index) => [id, (halves[index] ?? 0) * 500]),
            ),
          },
        })),
  ),
)

describe('a draft', () => {
  it('holds every bundled question, and gives it back as it was', () => {
    for (const version of versionsOf(questions)) {
      const draft = draftOf(version)
      expect(versionOf(draftSchema.parse(JSON.parse(JSON.stringify(draft))))).toEqual(version)
      expect(findDraftProblems(draft)).toEqual([])
    }
  })

  it('is complete only when it can be published, whatever was done to it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(edit, { maxLength: 8 }), (at, edits) => {
        const versions = versionsOf(questions)
        const begun = draftOf(versions[at % versions.length]!)
        const draft = edits.reduce((state, change) => change(state), begun)
        expect(draftSchema.safeParse(draft).success).toBe(true)
        const version = versionOf(draft)
        const parsed = newVersionSchema.safeParse({ basedOn: 0, ...version })
        const publishable =
          parsed.success && findKeyProblems(parsed.data.content, parsed.data.key).length === 0
        if (findDraftProblems(draft).length === 0) expect(publishable).toBe(true)
        // To the schemas a text of spaces alone is a text, and a label may be empty.
        else if (draft.label !== '' && !JSON.stringify(draft).includes('" "')) expect(publishable).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('is incomplete when it is new, and says where', () => {
    const problems = findDraftProblems(emptyDraft('s01', '31', 'lime'))
    expect(problems).toContainEqual({ code: 'missing-text', place: { field: 'prompt' } })
    expect(problems).toContainEqual({ code: 'missing-text', place: { part: 0, option: 3, field: 'options' } })
    expect(problems).toContainEqual({ code: 'no-key', place: { part: 0, field: 'key' } })
  })

  it('shares no id with what it was copied from, and fits together as that does', () => {
    for (const version of versionsOf(questions)) {
      const draft = draftOf(version)
      const copy = copyDraft(draft, 's07', '31')
      expect(findDraftProblems(copy)).toEqual([])
      const idsOf = ({ parts }: Draft) =>
        parts.flatMap(({ id, options }) => [id, ...options.map((o) => o.id)])
      expect(idsOf(copy).filter((id) => idsOf(draft).includes(id))).toEqual([])
      expect(copy.parts.map((part) => part.options.map(({ text }) => text))).toEqual(
        draft.parts.map((part) => part.options.map(({ text }) => text)),
      )
    }
  })

  it('never gives an id again that any version had', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (steps) => {
        let part = emptyDraft('s01', '1', 'lime').parts[0]!
        const seen = new Set(part.options.map(({ id }) => id))
        for (const adds of steps) {
          if (!adds) part = removeOption(part, part.options.at(-1)?.id ?? '')
          else {
            const before = part.options.length
            part = addOption(part, [...seen])
            const id = part.options[before]!.id
            expect(seen.has(id)).toBe(false)
            seen.add(id)
          }
        }
      }),
    )
  })
})
