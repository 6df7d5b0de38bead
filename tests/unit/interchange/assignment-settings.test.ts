import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import {
  type AssignmentDocument,
  formatAssignmentJson,
  parseAssignmentJson,
} from '@/lib/interchange/assignment-document'
import { parseAssignmentFile } from '@/lib/interchange/assignment-file'

type Settings = AssignmentDocument['assignment']
const text = { zh: '作業', en: 'Assignment' }
const question = {
  id: 'q01',
  topic: 'lime',
  prompt: text,
  figure: null,
  choose: 'one',
  points: 100,
  options: [
    { id: 'q01-a', zh: '甲', en: 'A', correct: true },
    { id: 'q01-b', zh: '乙', en: 'B' },
  ],
  explanation: text,
}
const fileOf = (assignment: Record<string, unknown>) =>
  stringify({ course: { slug: 'course', title: text }, assignment, questions: [question] })
const named = { slug: 'one', title: text, introduction: text }

/** Offsets of minutes from one moment, written with an offset of their own. */
const written = (minutes: number) =>
  `${new Date(Date.UTC(2030, 0, 1) + (minutes + 480) * 60_000).toISOString().slice(0, 19)}+08:00`
const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 500_000 }), { minLength: 3, maxLength: 3 })
  .map((minutes) => minutes.toSorted((a, b) => a - b).map(written))
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 525_600 }), { maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
    fc.boolean(),
  )
  .map(([until, credit, toTheEnd]) => {
    const credits = credit.toSorted((a, b) => b - a)
    const ends: (number | null)[] = until.toSorted((a, b) => a - b)
    if (toTheEnd) ends.push(null)
    return ends.map((untilMinutes, index) => ({ untilMinutes, creditPercent: credits[index]! }))
  })
const release = fc.constantFrom('NEVER', 'ON_SUBMIT', 'AT_DATE', 'WHEN_ALL_DONE')

/** Settings that make sense together. */
const settings: fc.Arbitrary<Settings> = fc
  .record({
    dates: ascending,
    lateTiers: tiers,
    timeLimitMinutes: fc.option(fc.integer({ min: 1, max: 20_160 })),
    attemptsAllowed: fc.integer({ min: 1, max: 100 }),
    attemptKeep: fc.constantFrom('HIGHEST' as const, 'LATEST' as const, 'FIRST' as const),
    scoreRelease: release,
    keyRelease: release,
  })
  .map(({ dates: [opensAt, dueAt, closesAt], ...given }) => ({
    ...named,
    ...given,
    opensAt: opensAt!,
    dueAt: dueAt!,
    closesAt: closesAt!,
    scoreReleaseAt: given.scoreRelease === 'AT_DATE' ? dueAt! : null,
    keyReleaseAt: given.keyRelease === 'AT_DATE' ? closesAt! : null,
    appealsUntil: closesAt!,
  }))

describe('the settings of an assignment file', () => {
  it('come out as they went in: YAML to document to JSON to document', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const document = parseAssignmentFile(fileOf({ ...given }), 'file.yaml')
        expect(document.assignment).toEqual(given)
        expect(parseAssignmentJson(formatAssignmentJson(document), 'export.json')).toEqual(document)
      }),
      { numRuns: 40 },
    )
  })

  it('may be left out, in files of earlier releases too', () => {
    const least = { ...named, scoreRelease: 'ON_SUBMIT', keyRelease: 'NEVER' }
    const document = parseAssignmentFile(fileOf(least), 'file.yaml')
    const expected = {
      lateTiers: [],
      timeLimitMinutes: null,
      attemptsAllowed: 1,
      attemptKeep: 'HIGHEST',
      dueAt: null,
    }
    expect(document.assignment).toMatchObject(expected)
    const {
      lateTiers: _,
      timeLimitMinutes: _1,
      attemptsAllowed: _2,
      attemptKeep: _3,
      ...old
    } = document.assignment
    const json = JSON.stringify({ ...document, assignment: old })
    expect(parseAssignmentJson(json, 'old.json')).toEqual(document)
  })

  const whole = {
    ...named,
    opensAt: '2030-01-01T00:00:00Z',
    dueAt: '2030-01-02T00:00:00Z',
    closesAt: '2030-01-03T00:00:00Z',
    scoreRelease: 'ON_SUBMIT',
    keyRelease: 'NEVER',
  }
  const tier = (untilMinutes: number | null, creditPercent: number) => ({ untilMinutes, creditPercent })
  it.each([
    [{ dueAt: '2029-01-01T00:00:00Z' }, 'dueAt', 'has to be after opensAt'],
    [{ closesAt: '2030-01-01T12:00:00Z' }, 'closesAt', 'must not be before dueAt'],
    [{ dueAt: null, lateTiers: [tier(null, 50)] }, 'dueAt', 'is missing; lateTiers count from it'],
    [{ scoreRelease: 'AT_DATE' }, 'scoreReleaseAt', 'is missing; the release is AT_DATE'],
    [{ closesAt: null, keyRelease: 'WHEN_ALL_DONE' }, 'keyRelease', 'WHEN_ALL_DONE needs closesAt'],
    [
      { lateTiers: [tier(60, 80), tier(60, 50)] },
      'lateTiers[1].untilMinutes',
      'has to reach further than the tier before',
    ],
    [{ lateTiers: [tier(60, 50), tier(90, 50)] }, 'lateTiers[1].creditPercent', 'has to be less'],
    [{ lateTiers: [{ ...tier(60, 50), hours: 1 }] }, 'lateTiers[0]', 'hours'],
    [{ timeLimitMinutes: 0 }, 'timeLimitMinutes', '>=1'],
    [{ attemptKeep: 'BEST' }, 'attemptKeep', '"HIGHEST"|"LATEST"|"FIRST"'],
  ])('%j: refused, with the place', (change, path, message) => {
    const yaml = fileOf({ ...whole, ...change })
    expect(() => parseAssignmentFile(yaml, 'file.yaml')).toThrow(
      new RegExp(
        `^file\\.yaml:\\d+: assignment\\.${path.replaceAll(/[[\]]/g, '\\$&')}: .*${message.replaceAll('|', '\\|')}`,
      ),
    )
  })
})
