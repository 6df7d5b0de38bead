'use client'

import { useCallback, useEffect, useState } from 'react'
import type { EmbeddingSpaceResult, ExplorationMaterial } from '@/lib/explorations/view'
import { TableTwin } from '../charts/table-twin'
import { FailureNote } from '../failure-note'
import { LayerPlayer } from '../layer-player'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { ComputingLine, OwnPageLink } from '../room'
import { RoomFrame, type RoomProps } from '../room-frame'
import { useExploration } from '../use-exploration'
import { LayerThumbnails } from './layer-thumbnails'
import { useSpaceMessages } from './messages'
import { PassageForm } from './passage-form'
import { type drawnKinds, kindColour, markPath } from './space-mark'
import { SpaceMeasures } from './space-measures'
import { SpacePlot } from './space-plot'
import { type SpaceState, startState, writeState } from './space-state'

/** How a question-answering model arranges question, passage and answer, layer by layer. */
export function EmbeddingSpace(props: RoomProps<SpaceState>) {
  return (
    <RoomFrame material={props.material}>
      {(material) => <SpaceRoom {...props} material={material} />}
    </RoomFrame>
  )
}

function SpaceRoom({
  initial,
  material,
  models = [],
  onState,
  embedded = false,
}: RoomProps<SpaceState> & { readonly material: ExplorationMaterial }) {
  const messages = useSpaceMessages()
  const explorer = useExplorerMessages()
  const [state, setState] = useState<SpaceState>(() => ({ ...startState(material), ...initial }))
  const change = useCallback((part: Partial<SpaceState>) => setState((last) => ({ ...last, ...part })), [])
  const onLayer = useCallback((layer: number) => change({ layer }), [change])
  useEffect(() => onState?.(state), [state, onState])

  const { model, question, context, answer } = state
  const { result, failure, isComputing, retry } = useExploration<EmbeddingSpaceResult>({
    kind: 'embedding-space',
    model,
    question,
    context,
    answer: answer || undefined,
  })
  const last = result?.layers.length ?? 12
  const layer = Math.min(state.layer, last)
  const status = failure
    ? explorer.failed
    : isComputing
      ? messages.computing
      : messages.ready(result?.tokens.length ?? 0)

  return (
    <div className="@container" data-testid="embedding-space" data-computing={isComputing}>
      <PassageForm
        state={state}
        material={material}
        models={models}
        onPassage={change}
        onModel={(name) => change({ model: name })}
      />
      <p className="sr-only" role="status">
        {status}
      </p>
      {failure && (
        <div className="mt-4">
          <FailureNote failure={failure} onRetry={retry} />
        </div>
      )}
      {!result && !failure && <div aria-hidden="true" className="skeleton mt-4 h-[44rem]" />}
      {result && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
          <div>
            <div className="case relative mt-4 px-3 pt-3 pb-4 @3xl:px-5">
              <ComputingLine shown={isComputing} />
              <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
                <LayerPlayer layer={layer} first={1} last={last} onLayer={onLayer} />
                <Legend />
              </div>
              <ModelAnswer result={result} />
              <SpacePlot tokens={result.tokens} layer={result.layers[layer - 1]!} number={layer} />
              <p className="mt-2 text-13 text-quiet">
                {messages.axes(
                  percent(result.layers[layer - 1]!.explained[0]!),
                  percent(result.layers[layer - 1]!.explained[1]!),
                )}{' '}
                {messages.pointHint}
              </p>
            </div>
            <div className="mt-3">
              <PointsTable result={result} layer={layer} />
            </div>
          </div>
          <LayerThumbnails result={result} layer={layer} onLayer={onLayer} />
          <SpaceMeasures result={result} layer={layer} onLayer={onLayer} />
        </div>
      )}
      {embedded && <OwnPageLink href={`/explore/embedding-space?${writeState(state, material)}`} />}
    </div>
  )
}

function ModelAnswer({ result: { predicted, answer } }: { result: EmbeddingSpaceResult }) {
  const messages = useSpaceMessages()
  return (
    <p className="mt-2 flex flex-wrap items-baseline gap-x-5 gap-y-0.5 border-t pt-2.5 text-13 text-quiet">
      <span>
        {messages.modelAnswers}{' '}
        <strong className="text-17 font-[620] text-ink" lang="en" data-testid="predicted-answer">
          {predicted.text}
        </strong>{' '}
        {messages.probability(percent(predicted.probability))}
      </span>
      <span>{messages.drawnAnswer(answer.text, answer.source)}</span>
    </p>
  )
}

function Legend() {
  const messages = useSpaceMessages()
  return (
    <ul className="flex flex-wrap gap-x-4 text-13">
      {(['question', 'context', 'answer'] as const satisfies (typeof drawnKinds)[number][]).map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <svg width="14" height="14" aria-hidden="true">
            <path d={markPath(kind, 7, 7, 4)} fill={kindColour[kind]} />
          </svg>
          {messages.kinds[kind]}
        </li>
      ))}
    </ul>
  )
}

function PointsTable({ result, layer }: { result: EmbeddingSpaceResult; layer: number }) {
  const messages = useSpaceMessages()
  const { points } = result.layers[layer - 1]!
  return (
    <TableTwin
      caption={messages.pointsTable(layer)}
      summary={messages.pointsTable(layer)}
      columns={[messages.token, messages.kind, messages.component(1), messages.component(2)]}
      rows={result.tokens.flatMap(({ text, kind }, index) =>
        kind === 'special'
          ? []
          : [
              {
                key: index,
                name: <span lang="en">{text}</span>,
                cells: [messages.kinds[kind], ...points[index]!.map((value) => value.toFixed(2))],
              },
            ],
      )}
    />
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`
}
