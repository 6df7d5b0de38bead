'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const seen = new Set<string>()

/**
 * Draws the page anew when the browser brings back an older drawing of it (the back button does).
 * @param drawing a name that the server gave this drawing
 */
export function RefreshOnReturn({ drawing }: { drawing: string }) {
  const router = useRouter()
  useEffect(() => {
    if (seen.has(drawing)) router.refresh()
    // Marked when it goes away, so that mounting twice in development is no return.
    return () => {
      setTimeout(() => seen.add(drawing), 0)
    }
  }, [drawing, router])
  return null
}
