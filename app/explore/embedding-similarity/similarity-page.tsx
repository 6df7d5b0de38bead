'use client'

import { useCallback, useMemo } from 'react'
import type { ExplorationMaterial } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { keepAddress, RoomPage } from '../room'
import { EmbeddingSimilarity } from './embedding-similarity'
import { readState, type SimilarityState, writeState } from './similarity-state'

/** The room of similarities on a page of its own. */
export function SimilarityPage({
  query,
  material,
  models,
}: {
  query: string
  material: ExplorationMaterial
  models: readonly string[]
}) {
  const { rooms } = useExplorerMessages()
  const initial = useMemo(() => readState(new URLSearchParams(query), material), [query, material])
  const onState = useCallback(
    (state: SimilarityState) => keepAddress('/explore/embedding-similarity', writeState(state, material)),
    [material],
  )
  return (
    <RoomPage title={rooms['embedding-similarity'].title} lead={rooms['embedding-similarity'].lead}>
      <EmbeddingSimilarity initial={initial} material={material} models={models} onState={onState} />
    </RoomPage>
  )
}
