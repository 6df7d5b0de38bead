import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ReleaseSetting, type ReleaseSettings, released as releasedOf } from '@/lib/attempts/release'

const at = (hour: number) => new Date(Date.UTC(2030, 0, 1, hour))
const settings = (given: Partial<ReleaseSettings>): ReleaseSettings => ({
  scoreRelease: 'ON_SUBMIT',
  scoreReleaseAt: null,
  keyRelease: 'ON_SUBMIT',
  keyReleaseAt: null,
  ...given,
})

/** With one attempt, that is over with its submission, in a class of one. */
const released = (given: ReleaseSettings, submittedAt: Date | null, now: Date) =>
  releasedOf(given, { submittedAt, studentFinishedAt: submittedAt, everybodyFinishedAt: submittedAt }, now)

describe('release', () => {
  it('on submission: with the submission, not before', () => {
    expect(released(settings({}), null, at(9))).toEqual({
      score: false,
      key: false,
      scoreAt: null,
      keyAt: null,
    })
    expect(released(settings({}), at(8), at(9))).toEqual({
      score: true,
      key: true,
      scoreAt: at(8),
      keyAt: at(8),
    })
  })

  it('never: never', () => {
    const never = settings({ scoreRelease: 'NEVER', keyRelease: 'NEVER' })
    expect(released(never, at(8), at(23))).toEqual({ score: false, key: false, scoreAt: null, keyAt: null })
  })

  it('at a date: from that moment on, and only for what was submitted', () => {
    const dated = settings({ scoreRelease: 'AT_DATE', scoreReleaseAt: at(12) })
    expect(released(dated, at(8), at(11))).toMatchObject({ score: false, key: false, scoreAt: at(12) })
    expect(released(dated, at(8), at(12))).toMatchObject({ score: true, key: true, keyAt: at(12) })
    expect(released(dated, null, at(13))).toMatchObject({ score: false, key: false })
    expect(released(dated, at(14), at(15))).toMatchObject({ score: true, scoreAt: at(14) })
  })

  it('a date that was not set releases nothing', () => {
    expect(released(settings({ scoreRelease: 'AT_DATE' }), at(8), at(9))).toMatchObject({
      score: false,
      key: false,
    })
  })

  it('the key has a date of its own', () => {
    const dated = settings({ keyRelease: 'AT_DATE', keyReleaseAt: at(12) })
    expect(released(dated, at(8), at(9))).toMatchObject({ score: true, key: false, keyAt: at(12) })
    expect(released(dated, at(8), at(12))).toMatchObject({ score: true, key: true })
  })

  it('when everybody has finished: not before the last extension has ended, and not while that is unknown', () => {
    const all = settings({ scoreRelease: 'WHEN_ALL_DONE', keyRelease: 'WHEN_ALL_DONE' })
    const moments = { submittedAt: at(8), studentFinishedAt: at(8), everybodyFinishedAt: at(12) }
    expect(releasedOf(all, moments, at(11))).toMatchObject({ score: false, key: false, scoreAt: at(12) })
    expect(releasedOf(all, moments, at(12))).toMatchObject({ score: true, key: true, keyAt: at(12) })
    const unknown = { ...moments, everybodyFinishedAt: null }
    expect(releasedOf(all, unknown, at(23))).toMatchObject({ score: false, key: false, scoreAt: null })
  })

  it('a key on submission waits while the student has another attempt, which it would answer', () => {
    const again = { submittedAt: at(8), studentFinishedAt: at(12), everybodyFinishedAt: null }
    expect(releasedOf(settings({}), again, at(9))).toMatchObject({ score: true, key: false, keyAt: at(12) })
    expect(releasedOf(settings({}), again, at(12))).toMatchObject({ score: true, key: true })
    const endless = { ...again, studentFinishedAt: null }
    expect(releasedOf(settings({}), endless, at(23))).toMatchObject({ score: true, key: false })
  })

  const setting = fc.constantFrom<ReleaseSetting>('NEVER', 'ON_SUBMIT', 'AT_DATE', 'WHEN_ALL_DONE')
  const moment = fc.integer({ min: 0, max: 23 }).map(at)
  const all = fc.record({
    scoreRelease: setting,
    scoreReleaseAt: fc.option(moment),
    keyRelease: setting,
    keyReleaseAt: fc.option(moment),
  })

  it('no key without the score, nothing before the submission, and nothing is taken back as time passes', () => {
    fc.assert(
      fc.property(all, fc.option(moment), moment, moment, (given, submittedAt, one, other) => {
        const [early, late] = one <= other ? [one, other] : [other, one]
        const [before, after] = [released(given, submittedAt, early), released(given, submittedAt, late)]
        if (before.key) expect(before.score).toBe(true)
        if (submittedAt === null) expect(after.score || after.key).toBe(false)
        if (before.score) expect(after.score).toBe(true)
        if (before.key) expect(after.key).toBe(true)
        if (given.scoreRelease === 'NEVER') expect(after.score || after.key).toBe(false)
        if (given.keyRelease === 'NEVER') expect(after.key).toBe(false)
      }),
    )
  })
})
