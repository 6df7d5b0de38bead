'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { CorpusIndexResult, CorpusSearchResult } from '@/lib/explorations/view'
import { ask, type ExplorationFailed } from '../exploration-requests'
import type { CorpusChoice, ExplorerState } from './explorer-state'

interface CorpusSearch {
  readonly result: CorpusSearchResult | null
  readonly failure: ExplorationFailed | null
  readonly isSearching: boolean
  /** How far the index is, while it is built. */
  readonly building: { readonly done: number; readonly total: number } | null
  readonly retry: () => void
  /** Builds the index, then searches. */
  readonly build: () => void
}

export function useCorpusSearch(state: ExplorerState, search: CorpusChoice): CorpusSearch {
  const { model, sentence, masks, heads } = state
  const { corpus, position, layer, numbering } = search
  // Matches are described by the attention of the head that is looked at, where it is only one.
  const head = heads.length === 1 ? heads[0] : null
  const name = JSON.stringify({
    kind: 'corpus-search',
    model,
    corpus,
    sentence,
    masks,
    position,
    layer,
    numbering,
    head,
  })
  const [turn, setTurn] = useState(0)
  const [result, setResult] = useState<CorpusSearchResult | null>(null)
  const [failure, setFailure] = useState<ExplorationFailed | null>(null)
  const [isSearching, setSearching] = useState(true)
  const [building, setBuilding] = useState<CorpusSearch['building']>(null)
  const builder = useRef<AbortController | null>(null)
  useEffect(() => () => builder.current?.abort(), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again
  useEffect(() => {
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    setSearching(true)
    setFailure(null)
    ask<CorpusSearchResult>(JSON.parse(name), abort.signal).then(
      (outcome) => {
        setSearching(false)
        if (outcome.ok) return setResult(outcome.result)
        setResult(null)
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

  const build = useCallback(() => {
    const abort = new AbortController()
    builder.current?.abort()
    builder.current = abort
    setBuilding({ done: 0, total: 0 })
    const onProgress = (done: number, total: number) => setBuilding({ done, total })
    ask<CorpusIndexResult>({ kind: 'corpus-index', model, corpus }, abort.signal, onProgress).then(
      (outcome) => {
        setBuilding(null)
        if (outcome.ok) setTurn((last) => last + 1)
        else setFailure(outcome.failure)
      },
      () => undefined,
    )
  }, [model, corpus])

  return { result, failure, isSearching, building, retry: () => setTurn((last) => last + 1), build }
}
