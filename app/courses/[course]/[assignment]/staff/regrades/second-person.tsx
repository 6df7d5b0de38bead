'use client'

import { useRouter } from 'next/navigation'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import { useRegradeMessages } from './messages/use-regrade-messages'

/** Whether, in this course, somebody else applies what one person wrote. */
export function SecondPerson({ assignmentId, needsSecond }: { assignmentId: string; needsSecond: boolean }) {
  const messages = useRegradeMessages()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const set = async (next: boolean) => {
    const address = `/api/assignments/${assignmentId}/regrades/settings`
    if (await send('PUT', address, { needsSecond: next })) router.refresh()
  }
  return (
    <ReadyFieldset>
      <label className="flex min-h-11 items-start gap-3 py-2">
        <input
          type="checkbox"
          className="tick"
          checked={needsSecond}
          disabled={sending}
          onChange={({ target }) => void set(target.checked)}
        />
        <span>
          <span className="font-[540]">{messages.second}</span>
          <span className="block text-13 text-quiet">{messages.secondHint}</span>
        </span>
      </label>
      {refusal && (
        <p role="alert" className="text-13 text-wrong">
          {refusal.message ?? messages.actions.failed}
        </p>
      )}
    </ReadyFieldset>
  )
}
