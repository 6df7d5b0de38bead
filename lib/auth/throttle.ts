import { createHash } from 'node:crypto'

/**
 * How many failed sign-ins are free and how long the next must wait. Three counters: the pair of account and address
 * stops somebody who guesses at one account without locking its owner out elsewhere; the account alone stops guesses
 * from many addresses; the address alone stops one that tries many accounts. A whole class may sign in from one
 * address, so that limit is wide, and failures of those who then get in do not count.
 */
export interface ThrottleRule {
  /** Failures without a wait. */
  readonly free: number
  /** Wait after the first failure beyond the free ones, in seconds; doubles with each further one. */
  readonly firstWait: number
}

export type ThrottleScope = 'pair' | 'account' | 'address'

export const throttleRules: { readonly [Scope in ThrottleScope]: ThrottleRule } = {
  pair: { free: 5, firstWait: 15 },
  account: { free: 50, firstWait: 15 },
  address: { free: 300, firstWait: 15 },
}

/** No wait is longer, in seconds. */
export const longestWait = 15 * 60

/** Seconds without a failure after which the count starts again. */
export const forgottenAfter = 60 * 60

/** @returns seconds to wait after `failures` failures; 0: none. */
export function waitAfter(rule: ThrottleRule, failures: number): number {
  const beyond = failures - rule.free
  if (beyond <= 0) return 0
  return Math.min(longestWait, rule.firstWait * 2 ** Math.min(beyond - 1, 30))
}

/** @returns the waits after 1, 2, 3 … failures, in seconds; more failures wait as long as the last of these. */
export function waitsOf(rule: ThrottleRule): number[] {
  const waits: number[] = []
  do waits.push(waitAfter(rule, waits.length + 1))
  while (waits.at(-1) !== longestWait)
  return waits
}

/** @returns the counters' names: hashes, so that no mistyped password and no address is stored. */
export function throttleKeys(email: string, address: string): { readonly [Scope in ThrottleScope]: string } {
  const name = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex')
  return {
    pair: name('pair', email, address),
    account: name('account', email),
    address: name('address', address),
  }
}
