'use client'

import { useEffect, useState } from 'react'
import type { ExplorationResult } from '@/lib/explorations/view'
import { ask, type ExplorationFailed, knownAnswer, type Question } from './exploration-requests'

export interface Exploration<Result> {
  /** The latest answer; while another is computed it stays. */
  readonly result: Result | null
  readonly failure: ExplorationFailed | null
  readonly isComputing: boolean
  readonly retry: () => void
}

/**
 * Asks a question, and again whenever it is another one. A question that was left before its answer came is forgotten,
 * here and on the server.
 */
export function useExploration<Result extends ExplorationResult>(question: Question): Exploration<Result> {
  const name = JSON.stringify(question)
  const [turn, setTurn] = useState(0)
  const [result, setResult] = useState<Result | null>(null)
  const [failure, setFailure] = useState<ExplorationFailed | null>(null)
  const [isComputing, setComputing] = useState(true)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again
  useEffect(() => {
    const asked = JSON.parse(name) as Question
    const known = knownAnswer(asked)
    setFailure(null)
    if (known) {
      setResult(known as Result)
      setComputing(false)
      return
    }
    setComputing(true)
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    ask<Result>(asked, abort.signal).then(
      (outcome) => {
        setComputing(false)
        if (outcome.ok) return setResult(outcome.result)
        setFailure(outcome.failure)
        const { waitSeconds } = outcome.failure
        if (waitSeconds !== null) timer = setTimeout(() => setTurn((last) => last + 1), waitSeconds * 1000)
      },
      () => undefined,
    )
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [name, turn])

  return { result, failure, isComputing, retry: () => setTurn((last) => last + 1) }
}
