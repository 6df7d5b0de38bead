'use client'

import { LoaderCircle } from 'lucide-react'
import { useInBrowser } from '@/app/components/local-time'
import { useDatesMessages } from './messages/use-dates-messages'
import type { useSaving } from './use-saving'

export function SaveBar({ saving }: { saving: ReturnType<typeof useSaving> }) {
  const messages = useDatesMessages()
  const ready = useInBrowser()
  return (
    <div className="flex flex-wrap items-center gap-4 border-t pt-5">
      <button type="submit" className="button button-accent" disabled={saving.saving || !ready}>
        {saving.saving && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
        {saving.saving ? messages.saving : messages.save}
      </button>
      <p role="status" className={`text-13 ${saving.failed ? 'text-wrong' : 'text-quiet'}`}>
        {saving.status}
      </p>
    </div>
  )
}
