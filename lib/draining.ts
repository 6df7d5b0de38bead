/** Set by the web process (bin/web.mjs) when it is to end: it finishes what it has begun and wants nothing new. */
const shared = globalThis as typeof globalThis & { vitrineDraining?: boolean }

export function isDraining(): boolean {
  return shared.vitrineDraining === true
}
