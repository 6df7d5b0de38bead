'use client'

import { LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'

export function StartButton({
  assignmentId,
  address,
  number,
}: {
  assignmentId: string
  address: string
  /** Of the attempt that it starts: pressed twice, it is the same. */
  number: number
}) {
  const { assignment } = useMessages()
  const router = useRouter()
  const [failed, setFailed] = useState(false)
  const ready = useInBrowser()
  const [starting, start] = useTransition()

  function press() {
    setFailed(false)
    start(async () => {
      try {
        const response = await fetch(`/api/assignments/${assignmentId}/attempts?number=${number}`, {
          method: 'POST',
          signal: AbortSignal.timeout(30_000),
        })
        if (!response.ok) throw new Error(String(response.status))
        router.push(`${address}/questions/1`)
      } catch {
        setFailed(true)
      }
    })
  }

  return (
    <div className="sm:text-right">
      <button
        type="button"
        className="button button-accent px-7 text-17"
        disabled={starting || !ready}
        onClick={press}
      >
        {starting && <LoaderCircle size={18} aria-hidden="true" className="animate-spin" />}
        {starting ? assignment.starting : number > 1 ? assignment.startAgain(number) : assignment.start}
      </button>
      <p role="status" className="mt-2 text-13 text-wrong empty:hidden">
        {failed ? assignment.startFailed : ''}
      </p>
    </div>
  )
}
