'use client'

import { useCallback, useMemo, useState } from 'react'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { keepAddress, RoomPage } from '../room'
import type { Studio } from '../studio-address'
import { StudioLinks } from '../studio-links'
import { AttentionExplorer } from './attention-explorer'
import { type ExplorerState, readState, writeState } from './explorer-state'

/** The attention explorer on a page of its own. */
export function AttentionPage({
  query,
  models,
  corpora,
  studios,
}: {
  query: string
  models: readonly string[]
  corpora: readonly string[]
  studios: readonly Studio[]
}) {
  const messages = useExplorerMessages()
  const initial = useMemo(() => readState(new URLSearchParams(query)), [query])
  const [{ model, sentence, heads, layer }, setShown] = useState(initial)
  const onState = useCallback((state: ExplorerState) => {
    keepAddress('/explore/attention', writeState(state))
    setShown(state)
  }, [])
  return (
    <RoomPage title={messages.title} lead={messages.lead}>
      <AttentionExplorer initial={initial} models={models} corpora={corpora} onState={onState} />
      <StudioLinks
        studios={studios}
        spec={{ layout: 'attention-heads', model, sentence, head: heads[0] ?? 1, layers: [layer] }}
      />
    </RoomPage>
  )
}
