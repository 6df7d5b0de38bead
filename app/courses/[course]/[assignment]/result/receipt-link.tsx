import type { Messages } from '@/app/messages/messages'
import type { AttemptView } from '@/lib/attempts/view'

/** Fetches the signed receipt of the viewer's own attempt. */
export function ReceiptLink({ attempt, messages }: { attempt: AttemptView; messages: Messages }) {
  if (!attempt.signedReceipt) return null
  return (
    <>
      {' · '}
      <a className="link" href={`/api/attempts/${attempt.attemptId}/receipt`} download>
        {messages.result.signedReceipt}
      </a>
    </>
  )
}
