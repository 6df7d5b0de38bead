import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginSaving, choose, dueParts, endPause, postpone, startSending } from '@/lib/attempts/answer-saving'
import { askedPause, longestAskedPause, retryDelay } from '@/lib/attempts/retry-pause'
import { summarize } from '@/lib/attempts/save-summary'

const noon = Date.parse('2026-03-01T12:00:00Z')
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the pause before another try', () => {
  it('grows after each failure, half a minute at most and a quarter more by chance', () => {
    expect([1, 2, 3, 4, 5, 6, 9].map((failures) => retryDelay(failures, 0, 0))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ])
    expect(retryDelay(1, 0, 0.999)).toBe(1250)
  })

  it('is never shorter than the server asked for, and at most a quarter longer than the longer reason', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(longestAskedPause), chance, (failures, asked, random) => {
        const delay = retryDelay(failures, asked, random)
        expect(delay).toBeGreaterThanOrEqual(Math.max(asked, retryDelay(failures, 0, 0)))
        expect(delay).toBeLessThanOrEqual(Math.ceil(Math.max(asked, 30_000) * 1.25))
      }),
    )
  })

  it('is read from seconds and from dates', () => {
    expect(askedPause('20', noon)).toBe(20_000)
    expect(askedPause('Sun, 01 Mar 2026 12:00:45 GMT', noon)).toBe(45_000)
    expect(askedPause('Sun, 01 Mar 2026 11:00:00 GMT', noon)).toBe(0)
    expect(askedPause(null, noon)).toBe(0)
  })

  it('is between nothing and five minutes, whatever the header says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.date().map(String)), (header) => {
        const pause = askedPause(header, noon)
        expect(pause >= 0 && pause <= longestAskedPause).toBe(true)
      }),
    )
  })
})

describe('while the server asked for a pause', () => {
  const parts = ['q01', 'q02', 'q03']
  const step = fc.oneof(
    fc.record({ kind: fc.constant('choose' as const), part: fc.constantFrom(...parts), option: fc.nat(3) }),
    fc.record({ kind: fc.constant('postpone' as const), part: fc.constantFrom(...parts), pause: fc.nat(9) }),
  )

  it('nothing is due before it has passed, and everything afterwards', () => {
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 1, max: 9 }), (steps, pause) => {
        let state = startSending(choose(beginSaving(parts, {}, {}), 'q01', ['x'], 'tab'), 'q01')
        state = postpone(state, 'q01', pause)
        let longest = pause
        for (const next of steps) {
          if (next.kind === 'choose') state = choose(state, next.part, [String(next.option)], 'tab')
          else {
            state = postpone(state, next.part, next.pause)
            longest = Math.max(longest, next.pause)
          }
          expect(dueParts(state)).toEqual([])
          expect(summarize(state, true).kind).toBe('busy')
        }
        expect(state.askedPause).toBe(longest)
        const chosen = parts.filter((id) => state.parts[id]!.shown.revision > 0)
        expect(dueParts(endPause(state))).toEqual(chosen)
      }),
    )
  })

  it('a browser without a network says that first', () => {
    const state = postpone(choose(beginSaving(parts, {}, {}), 'q01', ['x'], 'tab'), 'q01', 5)
    expect(summarize(state, false)).toEqual({ kind: 'waiting', unsent: 1 })
  })
})
