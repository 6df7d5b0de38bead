'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { clockTime, useInBrowser } from '@/app/components/local-time'
import { useOperatorMessages } from './use-operator-messages'

/** Milliseconds between two looks of a page that is in sight; a hidden one asks for nothing. */
const refreshEvery = 5000

/** Says from when the page is, and draws it anew now and then while somebody sees it. @param at ISO 8601 */
export function RefreshInSight({ at }: { at: string }) {
  const router = useRouter()
  const words = useOperatorMessages()
  const inBrowser = useInBrowser()
  useEffect(() => {
    const look = () => {
      if (!document.hidden && navigator.onLine) router.refresh()
    }
    const timer = setInterval(look, refreshEvery)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [router])
  return (
    <p className="text-13 text-quiet">
      {words.asOf} <time dateTime={at}>{inBrowser ? clockTime(at) : at.slice(11, 19)}</time> ·{' '}
      {words.refreshes}
    </p>
  )
}
