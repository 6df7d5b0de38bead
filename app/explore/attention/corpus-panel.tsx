'use client'

import { X } from 'lucide-react'
import { useMemo } from 'react'
import { Segments } from '@/app/components/segments'
import { FailureNote } from '../failure-note'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { CorpusFindings } from './corpus-findings'
import type { CorpusChoice, ExplorerState } from './explorer-state'
import { useCorpusSearch } from './use-corpus-search'

/** The corpus that is there on every installation: its index can be built from here. */
const bundledCorpus = 'moby-dick'

/** The words of a corpus that are nearest to one token, as the model sees them at one layer. */
export function CorpusPanel({
  state,
  corpora,
  layers,
  wordAt,
  onSearch,
}: {
  state: ExplorerState
  corpora: readonly string[]
  /** Of the model. */
  layers: number
  wordAt: (position: number) => string
  onSearch: (search: CorpusChoice | null) => void
}) {
  const messages = useExplorerMessages()
  const { search, held, masks } = state
  const names = useMemo(
    () => [...new Set([...corpora, bundledCorpus, ...(search ? [search.corpus] : [])])].sort(),
    [corpora, search],
  )
  return (
    <section aria-labelledby="corpus-search" data-testid="corpus-search">
      <div className="flex items-center justify-between gap-3">
        <h2 id="corpus-search" className="text-17 font-[580]">
          {messages.corpus}
        </h2>
        {search && (
          <button
            type="button"
            className="tool"
            aria-label={messages.closeSearch}
            onClick={() => onSearch(null)}
          >
            <X size={17} aria-hidden="true" />
          </button>
        )}
      </div>
      <p className="mt-1 text-quiet">{messages.corpusLead}</p>
      {!search && held === null && <p className="mt-2 text-quiet">{messages.corpusEmpty}</p>}
      {!search && held !== null && (
        <button
          type="button"
          className="button mt-3"
          onClick={() =>
            onSearch({ corpus: names[0]!, position: held, layer: state.layer, numbering: 'exbert' })
          }
        >
          {messages.search(wordAt(held))}
        </button>
      )}
      {search && (
        <>
          <p className="mt-3 font-[560]">
            {messages.searchFrom(wordAt(search.position), masks.includes(search.position))}
          </p>
          <SearchSettings search={search} names={names} layers={layers} onSearch={onSearch} />
          <SearchOutcome state={state} search={search} />
        </>
      )}
    </section>
  )
}

function SearchSettings({
  search,
  names,
  layers,
  onSearch,
}: {
  search: CorpusChoice
  names: readonly string[]
  layers: number
  onSearch: (search: CorpusChoice) => void
}) {
  const messages = useExplorerMessages()
  const first = search.numbering === 'exbert' ? 1 : 0
  const numbers = Array.from({ length: layers - first + 1 }, (_, index) => first + index)
  return (
    <div className="mt-2 grid gap-3">
      <div className="flex flex-wrap gap-3">
        <label className="min-w-32 flex-1 text-13 text-quiet">
          {messages.corpusName}
          <select
            className="field mt-1 min-h-10! text-ink"
            value={search.corpus}
            onChange={(event) => onSearch({ ...search, corpus: event.target.value })}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {messages.corpusNames[name] ?? name}
              </option>
            ))}
          </select>
        </label>
        <label className="w-24 text-13 text-quiet">
          {messages.searchLayer}
          <select
            className="field mt-1 min-h-10! text-ink"
            value={search.layer}
            onChange={(event) => onSearch({ ...search, layer: Number(event.target.value) })}
          >
            {numbers.map((number) => (
              <option key={number} value={number}>
                {number}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div>
        <Segments
          legend={messages.numbering}
          value={search.numbering}
          onChange={(numbering) =>
            onSearch({
              ...search,
              numbering,
              layer: numbering === 'exbert' ? Math.max(1, search.layer) : search.layer,
            })
          }
          segments={(['exbert', 'output'] as const).map((value) => ({
            value,
            label: messages.numberings[value].name,
            name: messages.numberings[value].name,
          }))}
        />
        <p className="mt-1.5 text-13 text-quiet">
          {messages.numberings[search.numbering].meaning(search.layer)}
        </p>
      </div>
    </div>
  )
}

function SearchOutcome({ state, search }: { state: ExplorerState; search: CorpusChoice }) {
  const messages = useExplorerMessages()
  const { result, failure, isSearching, building, retry, build } = useCorpusSearch(state, search)
  if (building)
    return (
      <div className="mt-4" role="status">
        <p className="text-13">
          {building.total > 0 ? messages.building(building.done, building.total) : messages.buildingStarts}
        </p>
        <div
          role="progressbar"
          aria-label={messages.build}
          aria-valuemin={0}
          aria-valuemax={Math.max(1, building.total)}
          aria-valuenow={building.done}
          className="mt-2 h-2 overflow-hidden rounded-full bg-sunk"
        >
          <div
            className="h-full rounded-full bg-accent transition-[width] duration-150"
            style={{ width: `${(building.done / Math.max(1, building.total)) * 100}%` }}
          />
        </div>
        <p className="mt-1 text-13 text-quiet">{messages.buildHint}</p>
      </div>
    )
  if (failure) {
    const canBuild =
      failure.code === 'corpus-not-indexed' ||
      failure.code === 'corpus-damaged' ||
      (failure.code === 'corpus-missing' && search.corpus === bundledCorpus)
    return (
      <div className="mt-4">
        <FailureNote failure={canBuild ? { ...failure, command: null } : failure} onRetry={retry}>
          {canBuild && (
            <button
              type="button"
              className="button button-accent min-h-9! px-3! py-1! text-13"
              onClick={build}
              title={messages.buildHint}
            >
              {messages.build}
            </button>
          )}
        </FailureNote>
        {canBuild && <p className="mt-1.5 text-13 text-quiet">{messages.buildHint}</p>}
      </div>
    )
  }
  if (!result)
    return (
      <div className="mt-4 grid gap-2" role="status">
        <span className="sr-only">{messages.searching}</span>
        <div className="skeleton h-24" />
        <div className="skeleton h-40" />
      </div>
    )
  return (
    <div className="mt-4 transition-opacity" style={{ opacity: isSearching ? 0.5 : 1 }}>
      <CorpusFindings result={result} />
    </div>
  )
}
