'use client'

import { useEffect, useState } from 'react'

/** Milliseconds after which code is fetched that nobody has asked for yet: the page has settled by then. */
const SETTLED = 4_000

/**
 * Code that a page needs only after a press: not among the scripts that it starts with, but here soon after, so that it
 * is there at the press and without a network.
 * @param load the same function each time
 * @param wanted whether it is needed now; a load that failed is tried again
 * @returns what was loaded; null before
 */
export function useOnDemand<Loaded>(load: () => Promise<Loaded>, wanted: boolean): Loaded | null {
  const [loaded, setLoaded] = useState<{ readonly value: Loaded } | null>(null)
  const missing = loaded === null
  useEffect(() => {
    if (!missing) return
    let current = true
    const timer = setTimeout(
      () => {
        load().then(
          (value) => current && setLoaded({ value }),
          () => {}, // without a network: the next press asks again
        )
      },
      wanted ? 0 : SETTLED,
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [load, wanted, missing])
  return loaded?.value ?? null
}
