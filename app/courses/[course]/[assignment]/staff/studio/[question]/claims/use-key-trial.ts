import { useEffect, useState } from 'react'
import type { TrialRequest } from '@/lib/key-trials/schema'
import type { KeyTrialView } from '@/lib/key-trials/view'

const lookEvery = 1000

export interface KeyTrialRun {
  /** null: nothing was tried, or it is not known yet. */
  readonly trial: KeyTrialView | null
  readonly asking: boolean
  readonly unreachable: boolean
  readonly start: (request: TrialRequest) => Promise<void>
  readonly withdraw: () => Promise<void>
}

export const isUnderWay = (trial: KeyTrialView | null) =>
  trial?.status === 'queued' || trial?.status === 'computing'

/** One's own trial of a part's key: what was found last, and how far a new one is. */
export function useKeyTrial(questionId: string, partId: string): KeyTrialRun {
  const address = `/api/questions/${questionId}/parts/${partId}/key-trial`
  const [trial, setTrial] = useState<KeyTrialView | null>(null)
  const [asking, setAsking] = useState(false)
  const [unreachable, setUnreachable] = useState(false)
  const waits = isUnderWay(trial)
  useEffect(() => {
    let left = false
    const look = async () => {
      const found = await request<{ trial: KeyTrialView | null }>(address)
      if (!left && found) setTrial(found.trial)
    }
    void look()
    const timer = waits ? setInterval(() => void look(), lookEvery) : undefined
    return () => {
      left = true
      clearInterval(timer)
    }
  }, [address, waits])
  return {
    trial,
    asking,
    unreachable,
    async start(body) {
      setAsking(true)
      const started = await request<KeyTrialView>(address, 'PUT', body)
      setAsking(false)
      setUnreachable(started === null)
      if (started) setTrial(started)
    },
    async withdraw() {
      setTrial(null)
      setUnreachable((await request(address, 'DELETE')) === null)
    },
  }
}

/** @returns null when the server refuses or is not reached. */
async function request<Answer>(address: string, method = 'GET', body?: TrialRequest): Promise<Answer | null> {
  try {
    const response = await fetch(address, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    })
    return response.ok ? ((await response.json()) as Answer) : null
  } catch {
    return null
  }
}
