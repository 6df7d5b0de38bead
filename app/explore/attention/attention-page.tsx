'use client'

import { useCallback, useMemo } from 'react'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { keepAddress, RoomPage } from '../room'
import { AttentionExplorer } from './attention-explorer'
import { type ExplorerState, readState, writeState } from './explorer-state'

/** The attention explorer on a page of its own. */
export function AttentionPage({
  query,
  models,
  corpora,
}: {
  query: string
  models: readonly string[]
  corpora: readonly string[]
}) {
  const messages = useExplorerMessages()
  const initial = useMemo(() => readState(new URLSearchParams(query)), [query])
  const onState = useCallback(
    (state: ExplorerState) => keepAddress('/explore/attention', writeState(state)),
    [],
  )
  return (
    <RoomPage title={messages.title} lead={messages.lead}>
      <AttentionExplorer initial={initial} models={models} corpora={corpora} onState={onState} />
    </RoomPage>
  )
}
