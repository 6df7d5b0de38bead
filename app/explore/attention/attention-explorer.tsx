'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { AttentionResult } from '@/lib/explorations/view'
import { FailureNote } from '../failure-note'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { ComputingLine, OwnPageLink } from '../room'
import { CorpusPanel } from './corpus-panel'
import { SentenceForm, ViewControls } from './explorer-controls'
import { defaultState, type ExplorerState, fitState, toggleMask, writeState } from './explorer-state'
import { HeadOverview } from './head-overview'
import { HeldToken } from './held-token'
import { PredictionRail } from './prediction-rail'
import { SentenceArcs } from './sentence-arcs'
import type { ShownToken } from './token-button'
import { useAttention } from './use-attention'
import { meanOfHeads, visibleLinks } from './visible-weights'
import { MeasureTable, WeightTable } from './weight-tables'

export interface AttentionExplorerProps {
  /** Where to begin; what is not said is as usual. */
  readonly initial?: Partial<ExplorerState>
  /** Models to choose from; none: the initial one stays. */
  readonly models?: readonly string[]
  /** Corpora that are there. */
  readonly corpora?: readonly string[]
  /** Hears of every new state: a page keeps it in its address. */
  readonly onState?: (state: ExplorerState) => void
  /** It stands inside another page: a link leads to the same view on its own page. */
  readonly embedded?: boolean
}

/**
 * Attention of every head, masked words, and a corpus to search, for one sentence. It fits itself to the width that it
 * is given, so that it can stand beside a question as well as on a page of its own.
 */
export function AttentionExplorer({
  initial,
  models = [],
  corpora = [],
  onState,
  embedded = false,
}: AttentionExplorerProps) {
  const messages = useExplorerMessages()
  const [state, setState] = useState<ExplorerState>(() => ({ ...defaultState, ...initial }))
  const { result, weights, failure, isComputing, retry } = useAttention(state)
  const change = useCallback((part: Partial<ExplorerState>) => setState((last) => ({ ...last, ...part })), [])

  useEffect(() => onState?.(state), [state, onState])
  useEffect(() => {
    if (!result || result.sentence !== state.sentence) return
    const { layers, heads } = result.model
    setState((last) => fitState(last, { tokens: result.tokens.length, layers, heads }))
  }, [result, state.sentence])

  const tokens = useMemo<readonly ShownToken[]>(
    () =>
      result?.tokens.map(({ text, special, span }, position) => ({
        text: span && !text.startsWith('##') ? result.sentence.slice(...span) : text,
        special,
        masked: state.masks.includes(position),
        expected: expectedAt(result, state.masks, position),
      })) ?? [],
    [result, state.masks],
  )
  const wordAt = useCallback((position: number) => tokens[position]?.text ?? '', [tokens])
  const { layer, heads, mass, hideSpecial } = state
  const mean = useMemo(
    () =>
      weights &&
      meanOfHeads(
        weights,
        Math.min(layer, weights.layers) - 1,
        heads.filter((head) => head <= weights.heads).map((head) => head - 1),
      ),
    [weights, layer, heads],
  )
  const links = useMemo(() => {
    if (!mean || !result) return []
    const hidden = new Set(
      hideSpecial ? result.tokens.flatMap((token, position) => (token.special ? [position] : [])) : [],
    )
    return visibleLinks(mean, result.tokens.length, { mass: mass / 100, hidden })
  }, [mean, result, mass, hideSpecial])

  const isWord = (position: number) => result?.tokens[position]?.special === false
  const onMask = (position: number) => isWord(position) && setState((last) => toggleMask(last, position))
  const onSentence = (sentence: string) =>
    sentence === state.sentence
      ? retry()
      : change({ sentence, masks: [], compare: [], held: null, search: null })
  const size = result?.model ?? { layers: 12, heads: 12 }
  const chosen = messages.chosen(state.layer, state.heads, size.heads)
  const status = failure ? messages.failed : isComputing ? messages.computing : messages.ready(tokens.length)

  return (
    <div className="@container" data-testid="attention-explorer" data-computing={isComputing}>
      <SentenceForm
        state={state}
        models={models}
        onSentence={onSentence}
        onModel={(model) => change({ model, search: null })}
      />
      <p className="sr-only" role="status">
        {status}
      </p>
      {failure && (
        <div className="mt-4">
          <FailureNote failure={failure} onRetry={retry}>
            {failure.code === 'invalid-parameter' && state.masks.length > 0 && (
              <button
                type="button"
                className="button min-h-9! px-3! py-1! text-13"
                onClick={() => change({ masks: [], compare: [] })}
              >
                {messages.clearMasks}
              </button>
            )}
          </FailureNote>
        </div>
      )}
      {!result && !failure && <ExplorerSkeleton />}
      {result && weights && mean && (
        <>
          <div className="case relative mt-4 px-3 pt-4 pb-4 @3xl:px-6">
            <ComputingLine shown={isComputing} />
            <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 text-13">
              <h2 className="text-15 font-[580]">{chosen}</h2>
              <p className="text-quiet">{messages.holdHint}</p>
            </div>
            <SentenceArcs
              tokens={tokens}
              links={links}
              held={state.held}
              chosen={chosen}
              onHold={(held) => change({ held })}
              onMask={onMask}
            />
            <HeldToken
              state={state}
              wordAt={wordAt}
              isWord={isWord}
              corpus={corpora[0] ?? 'moby-dick'}
              onMask={onMask}
              onChange={change}
            />
            <div className="mt-4 border-t pt-4">
              <ViewControls state={state} layers={size.layers} heads={size.heads} onChange={change} />
            </div>
          </div>
          <div className="mt-3">
            <WeightTable weights={mean} tokens={tokens} held={state.held} chosen={chosen} />
          </div>
          <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-10 @4xl:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)] @6xl:grid-cols-[minmax(0,38rem)_minmax(0,1fr)_minmax(0,1fr)]">
            <div className="@container grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
              <HeadOverview
                weights={weights}
                measures={result.measures}
                hasPeriod={result.period !== null}
                state={state}
                onChoose={(next, chosenHeads) => change({ layer: next, heads: chosenHeads })}
                onShow={(overview) => change({ overview })}
              />
              <MeasureTable
                measures={result.measures[state.layer - 1] ?? []}
                layer={state.layer}
                heads={state.heads}
              />
            </div>
            <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-10 @6xl:contents">
              <PredictionRail result={result} wordAt={wordAt} onCompare={(compare) => change({ compare })} />
              <CorpusPanel
                state={state}
                corpora={corpora}
                layers={size.layers}
                wordAt={wordAt}
                onSearch={(search) => change({ search })}
              />
            </div>
          </div>
        </>
      )}
      {embedded && <OwnPageLink href={`/explore/attention?${writeState(state)}`} />}
    </div>
  )
}

/** The most probable word at a mask, while the answer is for these masks. */
function expectedAt(result: AttentionResult, masks: readonly number[], position: number): string | null {
  if (result.masks.join() !== masks.join()) return null
  const best = result.predictions.find((prediction) => prediction.position === position)?.top[0]
  return best ? `${best.token} ${best.probability.toFixed(2).replace(/^0/, '')}` : null
}

function ExplorerSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="case mt-4 grid h-[34rem] content-center px-6">
        <div className="skeleton mx-auto h-10 w-full max-w-[56rem]" />
      </div>
      <div className="mt-8 grid gap-10 @4xl:grid-cols-[minmax(0,1fr)_22rem] @6xl:grid-cols-[38rem_1fr]">
        <div className="skeleton h-96" />
        <div className="skeleton h-64" />
      </div>
    </div>
  )
}
