'use client'

import { PageState } from './components/page-state'
import { useMessages } from './components/preferences'

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  const messages = useMessages()
  return (
    <PageState
      title={messages.errors.errorTitle}
      action={
        <button type="button" className="button" onClick={reset}>
          {messages.common.retry}
        </button>
      }
    >
      <p>{messages.errors.error}</p>
      {error.digest && <p className="mt-2 text-13 break-all">{messages.errors.reference(error.digest)}</p>}
    </PageState>
  )
}
