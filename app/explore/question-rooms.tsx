'use client'

import type { ComponentType } from 'react'
import type { ExplorerState } from './attention/explorer-state'
import type { SimilarityState } from './embedding-similarity/similarity-state'
import type { SpaceState } from './embedding-space/space-state'

/** [MASK]s and held words are places in the sentence of the bundled questions; 0 is [CLS]. */
const [officer, she] = [3, 10]

/** What a question of the bundled assignment asks about, by the id of its first part; others begin as usual. */
const attention: Readonly<Record<string, Partial<ExplorerState>>> = {
  q21: { heads: [12] },
  q22: { masks: [officer], held: officer },
  'q23-1': { masks: [she] },
  q24: { layer: 4, heads: [10], held: she },
}
const space: Readonly<Record<string, Partial<SpaceState>>> = {
  q25: { layer: 2 },
  q26: { layer: 1 },
  q27: { layer: 1 },
}
const similarity: Readonly<Record<string, Partial<SimilarityState>>> = {
  q30: { metric: 'euclidean', layer: 0 },
}

type Room = ComponentType<{ readonly partId: string }>

/** The room that belongs to questions of a topic, with what each asks about already chosen. */
export async function loadRoom(
  topic: 'attention' | 'embedding-visualisation' | 'embedding-analysis',
): Promise<Room> {
  switch (topic) {
    case 'attention': {
      const { AttentionExplorer } = await import('./attention/attention-explorer')
      // Each of these questions is about something else; those below share one view, which keeps what was typed.
      return ({ partId }) => <AttentionExplorer key={partId} embedded initial={attention[partId] ?? {}} />
    }
    case 'embedding-visualisation': {
      const { EmbeddingSpace } = await import('./embedding-space/embedding-space')
      return ({ partId }) => <EmbeddingSpace embedded initial={space[partId] ?? {}} />
    }
    case 'embedding-analysis': {
      const { EmbeddingSimilarity } = await import('./embedding-similarity/embedding-similarity')
      return ({ partId }) => <EmbeddingSimilarity embedded initial={similarity[partId] ?? {}} />
    }
  }
}
