'use client'

import { useEffect, useMemo, useState } from 'react'
import type { AttentionResult } from '@/lib/explorations/view'
import { decodeWeights } from '@/lib/explorations/weights-encoding'
import { ask, type ExplorationFailed, knownAnswer } from './exploration-requests'
import type { ExplorerState } from './explorer-state'
import type { Weights } from './visible-weights'

export interface Attention {
  /** The latest answer; while another is computed it stays. */
  readonly result: AttentionResult | null
  readonly weights: Weights | null
  readonly failure: ExplorationFailed | null
  readonly isComputing: boolean
  readonly retry: () => void
}

/** Asks for what the state describes. A state that was left before its answer came is forgotten, here and on the server. */
export function useAttention({ model, sentence, masks, compare }: ExplorerState): Attention {
  const name = JSON.stringify({ kind: 'attention', model, sentence, masks, compare })
  const [turn, setTurn] = useState(0)
  const [result, setResult] = useState<AttentionResult | null>(null)
  const [failure, setFailure] = useState<ExplorationFailed | null>(null)
  const [isComputing, setComputing] = useState(true)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again
  useEffect(() => {
    const question = JSON.parse(name) as Parameters<typeof ask>[0]
    const known = knownAnswer(question)
    setFailure(null)
    if (known) {
      setResult(known as AttentionResult)
      setComputing(false)
      return
    }
    setComputing(true)
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    ask<AttentionResult>(question, abort.signal).then(
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

  const weights = useMemo(
    () =>
      result && {
        data: decodeWeights(result.attentions),
        layers: result.model.layers,
        heads: result.model.heads,
        tokens: result.tokens.length,
      },
    [result],
  )
  return { result, weights, failure, isComputing, retry: () => setTurn((last) => last + 1) }
}
