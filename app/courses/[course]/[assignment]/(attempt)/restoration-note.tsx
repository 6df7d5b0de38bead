'use client'

import { DatabaseBackup } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useInBrowser, useMomentFormat } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import type { AttemptTime } from '@/lib/attempts/data'

const name = 'vitrine.restoration-read'
const readers = new Set<() => void>()

function subscribe(reader: () => void): () => void {
  readers.add(reader)
  return () => readers.delete(reader)
}

/** @returns the restoration that was read last, by its moment; null also where the browser keeps nothing. */
function lastRead(): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function noteRead(restoredAt: string): void {
  try {
    localStorage.setItem(name, restoredAt)
  } catch {
    // It is said again on the next page.
  }
  for (const reader of readers) reader()
}

/** That the server went back in time: what this device knew it has sent again, what others knew the student must check. */
export function RestorationNote({ restoration }: { restoration: AttemptTime['restoration'] }) {
  const { saving } = useMessages()
  const moment = useMomentFormat()
  const inBrowser = useInBrowser()
  const read = useSyncExternalStore(subscribe, lastRead, () => null)
  if (!restoration || !inBrowser || read === restoration.restoredAt) return null
  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 pt-3 sm:px-6 lg:px-10">
      <div
        role="status"
        className="flex items-start gap-2.5 rounded-card border border-warn/40 bg-warn-soft px-4 py-2.5 text-13"
      >
        <DatabaseBackup size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
        <p>
          {saving.restored(moment(restoration.restoredAt), moment(restoration.backedUpAt))}{' '}
          <button type="button" className="link" onClick={() => noteRead(restoration.restoredAt)}>
            {saving.resentRead}
          </button>
        </p>
      </div>
    </div>
  )
}
