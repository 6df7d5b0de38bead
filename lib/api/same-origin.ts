/**
 * Whether a write comes from another site's page. Browsers send Sec-Fetch-Site (to https and localhost) or Origin
 * with every write; a program that sends neither carries no cookies by accident and is no danger.
 * @param ownHosts names, with port, under which this site is known: what the browser asked for, the fixed address.
 */
export function isCrossSite(headers: Headers, ownHosts: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('origin')
  if (origin === null) return false
  return !URL.canParse(origin) || !ownHosts.includes(new URL(origin).host)
}
