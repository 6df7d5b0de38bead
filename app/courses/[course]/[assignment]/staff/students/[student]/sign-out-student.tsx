'use client'

import { MonitorX } from 'lucide-react'
import { useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { Sheet } from '@/app/components/sheet'
import { useDeskMessages } from '../../use-desk-messages'

/** Ends all sessions of a student, after asking. */
export function SignOutStudent({
  assignmentId,
  userId,
  name,
}: {
  assignmentId: string
  userId: string
  name: string
}) {
  const { signOut } = useDeskMessages().work
  const ready = useInBrowser()
  const [open, setOpen] = useState(false)
  const [state, setState] = useState<'sending' | 'done' | 'failed' | null>(null)

  async function revoke() {
    setState('sending')
    const address = `/api/assignments/${assignmentId}/students/${userId}/sessions/revocation`
    const response = await fetch(address, { method: 'POST', signal: AbortSignal.timeout(30_000) }).catch(
      () => null,
    )
    setState(response?.ok ? 'done' : 'failed')
    setOpen(false)
  }

  return (
    <div className="no-print">
      <button type="button" className="tool" disabled={!ready} onClick={() => setOpen(true)}>
        <MonitorX size={16} aria-hidden="true" />
        {signOut.button}
      </button>
      <p role="status" className={`mt-1 text-13 ${state === 'failed' ? 'text-wrong' : 'text-quiet'}`}>
        {state === 'done' ? signOut.done : state === 'failed' ? signOut.failed : ''}
      </p>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={signOut.title(name)}
        description={signOut.text}
        place="middle"
      >
        <div className="mt-3 flex flex-wrap justify-end gap-3">
          <button type="button" className="button button-plain" onClick={() => setOpen(false)}>
            {signOut.cancel}
          </button>
          <button
            type="button"
            className="button button-accent"
            disabled={state === 'sending'}
            onClick={revoke}
          >
            {signOut.confirm}
          </button>
        </div>
      </Sheet>
    </div>
  )
}
