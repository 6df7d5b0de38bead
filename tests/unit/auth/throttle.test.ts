import { describe, expect, it } from 'vitest'
import { formatThrottled, parseSignInError } from '@/lib/auth/sign-in-error'
import { longestWait, throttleKeys, throttleRules, waitAfter, waitsOf } from '@/lib/auth/throttle'

describe('sign-in throttle', () => {
  it('lets some failures pass, then waits twice as long each time, up to a quarter of an hour', () => {
    const rule = { free: 2, firstWait: 15 }
    expect([0, 1, 2, 3, 4, 5, 6, 50].map((failures) => waitAfter(rule, failures))).toEqual([
      0, 0, 0, 15, 30, 60, 120, 900,
    ])
    expect(waitsOf(rule)).toEqual([0, 0, 15, 30, 60, 120, 240, 480, 900])
  })

  it('every counter starts without a wait and ends with the longest', () => {
    for (const rule of Object.values(throttleRules)) {
      expect(waitsOf(rule)[0]).toBe(0)
      expect(waitsOf(rule).at(-1)).toBe(longestWait)
    }
  })

  it('counts account, address and pair apart, and tells which is which by nothing', () => {
    const keys = throttleKeys('a@example.org', '1.2.3.4')
    expect(new Set(Object.values(keys)).size).toBe(3)
    expect(throttleKeys('a@example.org', '5.6.7.8').account).toBe(keys.account)
    expect(throttleKeys('a@example.org', '5.6.7.8').pair).not.toBe(keys.pair)
    expect(throttleKeys('b@example.org', '1.2.3.4').address).toBe(keys.address)
  })
})

describe('what the sign-in page is told', () => {
  it('reads what was written, and nothing from strangers', () => {
    expect(parseSignInError(formatThrottled(12.2))).toEqual({ kind: 'throttled', seconds: 13 })
    expect(parseSignInError('CredentialsSignin')).toEqual({ kind: 'wrong' })
    expect(parseSignInError('OAuthCallback')).toEqual({ kind: 'institution' })
    expect(parseSignInError('AccessDenied')).toEqual({ kind: 'institution' })
    expect(parseSignInError('<script>')).toEqual({ kind: 'unavailable' })
    expect(parseSignInError('throttled:99999999999')).toEqual({ kind: 'unavailable' })
    expect(parseSignInError(null)).toBeNull()
  })
})
