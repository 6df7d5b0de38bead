'use client'

import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { ExplorationFailed } from './exploration-requests'
import { useExplorerMessages } from './messages/use-explorer-messages'

/** What went wrong, in words, with what can be done about it. */
export function FailureNote({
  failure,
  onRetry,
  children,
}: {
  failure: ExplorationFailed
  onRetry: () => void
  /** A better remedy than trying again. */
  children?: ReactNode
}) {
  const messages = useExplorerMessages()
  const { common } = useMessages()
  const { message, command, waitSeconds } = failure
  return (
    <div role="alert" className="flex gap-3 rounded-card border border-warn/40 bg-warn-soft px-4 py-3">
      <TriangleAlert size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        {message ? <BilingualText text={message} /> : <p>{messages.unreachable}</p>}
        {waitSeconds !== null && <p className="text-13 text-quiet">{messages.wait(waitSeconds)}</p>}
        {command && (
          <p className="mt-1 text-13 text-quiet">
            {messages.onServer}
            <code
              className="mt-1 block overflow-x-auto rounded-[4px] bg-raised px-2 py-1 font-mono text-ink"
              lang="en"
            >
              {command}
            </code>
          </p>
        )}
        <div className="mt-2 flex flex-wrap gap-2">
          {children}
          <button type="button" className="button min-h-9! px-3! py-1! text-13" onClick={onRetry}>
            {common.retry}
          </button>
        </div>
      </div>
    </div>
  )
}
