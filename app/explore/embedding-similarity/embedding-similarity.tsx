'use client'

import { PencilLine } from 'lucide-react'
import { type CSSProperties, useCallback, useEffect, useState } from 'react'
import { Segments } from '@/app/components/segments'
import {
  type EmbeddingSimilarityResult,
  type ExplorationMaterial,
  type SimilarityMetric,
  similarityMetrics,
} from '@/lib/explorations/view'
import { FailureNote } from '../failure-note'
import { LayerPlayer } from '../layer-player'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { ComputingLine, OwnPageLink } from '../room'
import { RoomFrame, type RoomProps } from '../room-frame'
import { useExploration } from '../use-exploration'
import { Blocks, InputPairs, PairTrend } from './findings'
import { HeatMap } from './heat-map'
import { useSimilarityMessages } from './messages'
import { commonSelection, selectEverywhere } from './selection'
import { SentenceEditor } from './sentence-editor'
import { SentenceList } from './sentence-list'
import { fitPair, type SimilarityState, startState, writeState } from './similarity-state'

/** One word in several sentences: how alike its embeddings are, in every layer and both metrics. */
export function EmbeddingSimilarity(props: RoomProps<SimilarityState>) {
  return (
    <RoomFrame material={props.material}>
      {(material) => <SimilarityRoom {...props} material={material} />}
    </RoomFrame>
  )
}

function SimilarityRoom({
  initial,
  material,
  models = [],
  onState,
  embedded = false,
}: RoomProps<SimilarityState> & { readonly material: ExplorationMaterial }) {
  const messages = useSimilarityMessages()
  const explorer = useExplorerMessages()
  const [state, setState] = useState<SimilarityState>(() => ({ ...startState(material), ...initial }))
  const change = useCallback(
    (part: Partial<SimilarityState>) => setState((last) => ({ ...last, ...part })),
    [],
  )
  const onLayer = useCallback((layer: number) => change({ layer }), [change])
  useEffect(() => onState?.(state), [state, onState])

  const { model, sentences, metric } = state
  const { result, failure, isComputing, retry } = useExploration<EmbeddingSimilarityResult>({
    kind: 'embedding-similarity',
    model,
    sentences,
  })
  const last = (result?.layers.cosine.length ?? 13) - 1
  const layer = Math.min(state.layer, last)
  // While other sentences are computed, what is shown is still of the former ones.
  const pair = fitPair(state.pair, result?.sentences.length ?? sentences.length)
  const onPair = (next: readonly [number, number]) => change({ pair: next })
  const status = failure
    ? explorer.failed
    : isComputing
      ? messages.computing
      : messages.ready(result?.sentences.length ?? 0)

  return (
    <div className="@container" data-testid="embedding-similarity" data-computing={isComputing}>
      <Sentences state={state} material={material} models={models} onChange={change} />
      <p className="sr-only" role="status">
        {status}
      </p>
      {failure && (
        <div className="mt-4">
          <FailureNote failure={failure} onRetry={retry} />
        </div>
      )}
      {!result && !failure && <div aria-hidden="true" className="skeleton mt-5 h-[40rem]" />}
      {result && (
        <>
          <div className="case @container relative mt-5 px-3 pt-3 pb-4 @3xl:px-5">
            <ComputingLine shown={isComputing} />
            <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b pb-2.5">
              <LayerPlayer layer={layer} first={0} last={last} onLayer={onLayer} />
              <Segments<SimilarityMetric>
                legend={messages.metric}
                value={metric}
                onChange={(next) => change({ metric: next })}
                segments={similarityMetrics.map((name) => ({
                  value: name,
                  label: messages.metrics[name],
                  name: messages.metrics[name],
                }))}
              />
            </div>
            <div className="mx-auto max-w-[52rem]">
              <HeatMap
                sentences={result.sentences}
                matrix={result.layers[metric][layer]!.matrix}
                metric={metric}
                layer={layer}
                pair={pair}
                onPair={onPair}
              />
            </div>
          </div>
          <div className="mt-9 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-10 @4xl:grid-cols-2">
            <Blocks result={result} metric={metric} layer={layer} onLayer={onLayer} />
            <PairTrend
              result={result}
              metric={metric}
              layer={layer}
              onLayer={onLayer}
              pair={pair}
              onPair={onPair}
            />
            <div className="min-w-0 @4xl:col-span-2">
              <InputPairs result={result} metric={metric} />
            </div>
          </div>
        </>
      )}
      {embedded && <OwnPageLink href={`/explore/embedding-similarity?${writeState(state, material)}`} />}
    </div>
  )
}

/** What may be compared in all of the sentences that come with the room. */
const parts = ['蘋', '果', '蘋果'] as const

function Sentences({
  state: { sentences, model },
  material,
  models,
  onChange,
}: {
  state: SimilarityState
  material: ExplorationMaterial
  models: readonly string[]
  onChange: (part: Partial<SimilarityState>) => void
}) {
  const messages = useSimilarityMessages()
  const [editing, setEditing] = useState(false)
  const common = commonSelection(sentences)
  const possible = parts.filter((part) => selectEverywhere(sentences, part) !== null)
  const names = models.includes(model) ? models : [...models, model]
  return (
    <section aria-labelledby="sentences" className="case px-3 pt-3 pb-3.5 @3xl:px-5">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="sentences" className="text-17 font-[580]">
          {messages.sentences}
        </h2>
        {!editing && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2" data-own-keys>
            {possible.length > 0 && (
              <>
                <span aria-hidden="true" className="text-13 text-quiet">
                  {messages.everywhere}
                </span>
                <Segments
                  legend={messages.everywhere}
                  value={common ?? ''}
                  onChange={(part) => onChange({ sentences: selectEverywhere(sentences, part) ?? sentences })}
                  segments={possible.map((part) => ({
                    value: part as string,
                    label: part,
                    name: part,
                    lang: 'zh-Hant',
                  }))}
                />
              </>
            )}
            {models.length > 1 && (
              <select
                className="field min-h-9! w-auto! py-1! text-13!"
                aria-label={messages.model}
                value={model}
                onChange={(event) => onChange({ model: event.target.value })}
              >
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            )}
            <button type="button" className="tool" onClick={() => setEditing(true)}>
              <PencilLine size={16} aria-hidden="true" />
              {messages.edit}
            </button>
          </div>
        )}
      </div>
      {editing ? (
        <SentenceEditor
          sentences={sentences}
          given={startState(material).sentences}
          onCancel={() => setEditing(false)}
          onDone={(typed) => {
            setEditing(false)
            onChange({ sentences: typed })
          }}
        />
      ) : (
        <div style={{ '--rows': Math.ceil(sentences.length / 2) } as CSSProperties}>
          <SentenceList
            sentences={sentences}
            onSelect={(index, selection) =>
              onChange({
                sentences: sentences.map((sentence, other) =>
                  other === index ? { ...sentence, selection } : sentence,
                ),
              })
            }
          />
          <p className="mt-2 text-13 text-quiet">{messages.sentencesHint}</p>
        </div>
      )}
    </section>
  )
}
