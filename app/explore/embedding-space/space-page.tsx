'use client'

import { useCallback, useMemo } from 'react'
import type { ExplorationMaterial } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { keepAddress, RoomPage } from '../room'
import { EmbeddingSpace } from './embedding-space'
import { readState, type SpaceState, writeState } from './space-state'

/** The room of embedding spaces on a page of its own. */
export function SpacePage({
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
    (state: SpaceState) => keepAddress('/explore/embedding-space', writeState(state, material)),
    [material],
  )
  return (
    <RoomPage title={rooms['embedding-space'].title} lead={rooms['embedding-space'].lead}>
      <EmbeddingSpace initial={initial} material={material} models={models} onState={onState} />
    </RoomPage>
  )
}
