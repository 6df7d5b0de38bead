'use client'

import { useId, useState } from 'react'
import type { CorpusMatch, CorpusSearchResult, Count } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'

const few = 10

/** Histograms and the matches in their sentences. */
export function CorpusFindings({ result }: { result: CorpusSearchResult }) {
  const messages = useExplorerMessages()
  const [all, setAll] = useState(false)
  const { matches, corpus, partOfSpeech, partsOfSpeech, attended } = result
  const tag = (value: string) => messages.tags[value] ?? value
  return (
    <div className="grid gap-6">
      <div>
        <p className="text-13 text-quiet">{messages.found(matches.length, corpus.tokens, corpus.source)}</p>
        <p className="text-13 text-quiet">
          {messages.ownPartOfSpeech(`${tag(partOfSpeech)} (${partOfSpeech})`)}
        </p>
      </div>
      <Histogram
        title={messages.partsOfSpeech}
        counts={partsOfSpeech}
        label={(value) => `${tag(value)} (${value})`}
        marked={partOfSpeech}
      />
      <Histogram title={messages.attendedMost} counts={attended.slice(0, 6)} label={(value) => value} />
      <div>
        <table className="w-full table-fixed border-collapse text-13">
          <caption className="mb-1.5 text-left font-[560]">{messages.neighbours}</caption>
          <thead>
            <tr className="text-left text-quiet">
              <th scope="col" className="w-12 pb-1 font-normal">
                <abbr title={messages.similarity} className="no-underline">
                  cos
                </abbr>
              </th>
              <th scope="col" className="pb-1 font-normal">
                {messages.context}
              </th>
              <th scope="col" className="w-16 pb-1 text-right font-normal">
                {messages.partOfSpeech}
              </th>
            </tr>
          </thead>
          <tbody lang="en">
            {(all ? matches : matches.slice(0, few)).map((match, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the order of a result never changes
              <MatchRow key={index} match={match} tag={tag(match.pos)} />
            ))}
          </tbody>
        </table>
        {matches.length > few && !all && (
          <button
            type="button"
            className="button mt-3 min-h-9! px-3! py-1! text-13"
            onClick={() => setAll(true)}
          >
            {messages.showAll(matches.length)}
          </button>
        )}
      </div>
    </div>
  )
}

/** The word in the middle of what stands around it. */
function MatchRow({ match, tag }: { match: CorpusMatch; tag: string }) {
  const [start, end] = match.span
  const before = match.sentence.slice(0, start)
  const after = match.sentence.slice(end)
  return (
    <tr className="border-t">
      <td className="py-1 align-top">{match.similarity.toFixed(2)}</td>
      <td className="py-1">
        <span className="text-quiet">{lastWords(before)}</span>
        <mark className="rounded-[2px] bg-accent-soft px-0.5 font-[620] text-ink">
          {match.sentence.slice(start, end)}
        </mark>
        <span className="text-quiet">{firstWords(after)}</span>
      </td>
      <td className="py-1 text-right align-top" title={tag}>
        {match.pos}
      </td>
    </tr>
  )
}

const around = 36

function lastWords(text: string): string {
  if (text.length <= around) return text
  const cut = text.slice(-around)
  return `… ${cut.slice(cut.indexOf(' ') + 1)}`
}

function firstWords(text: string): string {
  if (text.length <= around) return text
  const cut = text.slice(0, around)
  return `${cut.slice(0, Math.max(0, cut.lastIndexOf(' ')))} …`
}

function Histogram({
  title,
  counts,
  label,
  marked,
}: {
  title: string
  counts: readonly Count[]
  label: (value: string) => string
  /** The one that is looked for. */
  marked?: string
}) {
  const id = useId()
  const most = Math.max(1, ...counts.map((entry) => entry.count))
  return (
    <div>
      <h3 id={id} className="mb-1.5 text-13 font-[560]">
        {title}
      </h3>
      <table aria-labelledby={id} className="w-full border-collapse text-13">
        <tbody>
          {counts.map(({ value, count }) => (
            <tr key={value} data-value={value} data-count={count}>
              <th scope="row" className="w-1/2 py-[2px] pr-2 text-left align-middle font-normal">
                {label(value)}
                {value === marked && <span aria-hidden="true"> ✓</span>}
              </th>
              <td className="py-[2px]">
                <span className="flex items-center gap-2">
                  <span aria-hidden="true" className="h-3 flex-1 rounded-[2px] bg-sunk">
                    <span
                      className="block h-full rounded-[2px] bg-accent"
                      style={{ width: `${(count / most) * 100}%` }}
                    />
                  </span>
                  <span className="w-7 text-right">{count}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
