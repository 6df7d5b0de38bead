'use client'

import { LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { KeyCheckState } from '@/lib/verification/view'
import { useStudioMessages } from '../messages/use-studio-messages'

const lookEvery = 1500

/** How far the check of the assignment's keys is, until it has ended. */
export function CheckProgress({ assignmentId }: { assignmentId: string }) {
  const {
    publish: { check },
  } = useStudioMessages()
  const [run, setRun] = useState<KeyCheckState | null>(null)
  const ended = run?.status === 'done' || run?.status === 'failed'
  useEffect(() => {
    if (ended) return
    const look = async () => {
      const address = `/api/assignments/${assignmentId}/key-checks/latest`
      const response = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
      if (response?.ok) setRun(((await response.json()) as { run: KeyCheckState | null }).run)
    }
    void look()
    const timer = setInterval(() => void look(), lookEvery)
    return () => clearInterval(timer)
  }, [assignmentId, ended])
  return (
    <p role="status" className="flex min-h-6 items-center gap-2">
      {!ended && <LoaderCircle size={16} aria-hidden="true" className="animate-spin" />}
      {run?.status === 'computing' ? check.computing(run.done, run.total) : check[run?.status ?? 'queued']}
    </p>
  )
}
