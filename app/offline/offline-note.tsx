'use client'

import { WifiOff } from 'lucide-react'
import { clockTime, useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import { keptSince } from './device-copy'

/** That there is no network, and, on a page that the device had kept, since when it may lack news. */
export function OfflineNote({ online }: { online: boolean }) {
  const { saving } = useMessages()
  const inBrowser = useInBrowser()
  const since = inBrowser ? keptSince() : null
  if (online && since === null) return null
  return (
    <p className="flex items-center gap-2.5 rounded-card border border-warn/40 bg-warn-soft px-4 py-2.5 text-13 lg:col-span-full">
      <WifiOff size={16} aria-hidden="true" className="shrink-0 text-warn" />
      <span>
        {!online && saving.offline} {since !== null && saving.keptCopy(clockTime(since))}
      </span>
    </p>
  )
}
