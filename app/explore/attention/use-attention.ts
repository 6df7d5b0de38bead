'use client'

import { useMemo } from 'react'
import type { AttentionResult } from '@/lib/explorations/view'
import { decodeWeights } from '@/lib/explorations/weights-encoding'
import { type Exploration, useExploration } from '../use-exploration'
import type { ExplorerState } from './explorer-state'
import type { Weights } from './visible-weights'

export interface Attention extends Exploration<AttentionResult> {
  readonly weights: Weights | null
}

/** Asks for what the state describes. */
export function useAttention({ model, sentence, masks, compare }: ExplorerState): Attention {
  const exploration = useExploration<AttentionResult>({ kind: 'attention', model, sentence, masks, compare })
  const { result } = exploration
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
  return { ...exploration, weights }
}
