/** How long to wait before sending again. Milliseconds throughout. */

/** More than a server may ask for is not believed: an answer should not wait for a mistaken proxy. */
export const longestAskedPause = 300_000

/**
 * Until the next try after `failures` failed ones: doubling from one second to half a minute, but no less than the
 * server asked for, spread by up to a quarter so that a class does not return all at once.
 * @param askedPause of `askedPause`; 0: the server asked for nothing
 * @param random in [0,1)
 */
export function retryDelay(failures: number, askedPause: number, random: number): number {
  const base = Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1))
  return Math.round(Math.max(base, askedPause) * (1 + random / 4))
}

/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): whole seconds, or a date.
 * @param now milliseconds since 1970, by the clock of whoever reads
 * @returns 0 for none, one that has passed, and one that cannot be read
 */
export function askedPause(retryAfter: string | null, now: number): number {
  const text = retryAfter?.trim() ?? ''
  const pause = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(pause) ? 0 : Math.min(longestAskedPause, Math.max(0, pause))
}
