'use client'

import { LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import type { KeyCheckState } from '@/lib/verification/view'
import { useEvidenceMessages } from './use-evidence-messages'

const seedChoices = [1, 3, 5, 10] as const
const lookEvery = 2000

/** Asks for checks, and shows how far the latest one is. The page is drawn anew when it ends. */
export function CheckControls({
  assignmentId,
  run: given,
  mayCheck,
}: {
  assignmentId: string
  run: KeyCheckState | null
  mayCheck: boolean
}) {
  const evidence = useEvidenceMessages()
  const ready = useInBrowser()
  const [seeds, setSeeds] = useState<number>(3)
  const { run, failed, request } = useKeyCheck(assignmentId, given)
  const isRunning = run?.status === 'queued' || run?.status === 'computing'
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-3">
      {mayCheck && (
        <>
          <button
            type="button"
            className="button"
            disabled={!ready || isRunning}
            onClick={() => request({ seeds })}
          >
            {isRunning && <LoaderCircle size={16} aria-hidden="true" className="animate-spin" />}
            {evidence.checkAll}
          </button>
          <label className="flex items-center gap-2 text-13 text-quiet">
            {evidence.seeds}
            <select
              className="field w-auto"
              value={seeds}
              disabled={!ready}
              onChange={(event) => setSeeds(Number(event.target.value))}
            >
              {seedChoices.map((count) => (
                <option key={count} value={count}>
                  {evidence.seedCount(count)}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      <p role="status" className="text-13 text-quiet">
        {run?.status === 'queued' && evidence.queued}
        {run?.status === 'computing' && evidence.checking(run.done, run.total)}
        {run?.status === 'failed' && evidence.checkFailed}
        {failed && <span className="text-wrong">{evidence.requestFailed}</span>}
      </p>
    </div>
  )
}

/** A button that has one part checked again; its progress shows in the controls of the page. */
export function CheckOne({ assignmentId, partId }: { assignmentId: string; partId: string }) {
  const evidence = useEvidenceMessages()
  const ready = useInBrowser()
  const router = useRouter()
  const [failed, setFailed] = useState(false)
  const check = async () => {
    const asked = await postCheck(assignmentId, { partIds: [partId], seeds: 3 })
    setFailed(asked === null)
    if (asked) router.refresh()
  }
  return (
    <span className="flex items-center gap-3">
      <button type="button" className="tool -ml-2" disabled={!ready} onClick={check}>
        {evidence.checkOne}
      </button>
      <span role="status" className="text-13 text-wrong">
        {failed && evidence.requestFailed}
      </span>
    </span>
  )
}

interface CheckRequest {
  readonly seeds: number
  readonly partIds?: readonly string[]
}

function useKeyCheck(assignmentId: string, given: KeyCheckState | null) {
  const router = useRouter()
  const [seen, setSeen] = useState({ given, run: given })
  const [failed, setFailed] = useState(false)
  // A page drawn anew brings a newer state than what was polled before.
  const run = seen.given === given ? seen.run : given
  const isRunning = run?.status === 'queued' || run?.status === 'computing'
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(async () => {
      const latest = await readCheck(assignmentId)
      if (!latest) return
      setSeen({ given, run: latest })
      if (latest.status === 'done' || latest.status === 'failed') router.refresh()
    }, lookEvery)
    return () => clearInterval(timer)
  }, [assignmentId, given, isRunning, router])
  const request = async (wanted: CheckRequest) => {
    const asked = await postCheck(assignmentId, wanted)
    setFailed(asked === null)
    if (asked) setSeen({ given, run: asked })
  }
  return { run, failed, request }
}

async function postCheck(assignmentId: string, wanted: CheckRequest): Promise<KeyCheckState | null> {
  const response = await fetch(`/api/assignments/${assignmentId}/key-checks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wanted),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null)
  return response?.ok ? ((await response.json()) as KeyCheckState) : null
}

async function readCheck(assignmentId: string): Promise<KeyCheckState | null> {
  const response = await fetch(`/api/assignments/${assignmentId}/key-checks/latest`, {
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null)
  return response?.ok ? ((await response.json()) as { run: KeyCheckState | null }).run : null
}
