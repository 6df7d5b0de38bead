'use client'

import { useState } from 'react'
import { BackLink } from '@/app/components/back-link'
import { Segments } from '@/app/components/segments'
import type { SwappedQuestion, SwapView } from '@/lib/model-swaps/view'
import { useSwapMessages } from '../messages'
import { ComparedPart } from './compared-part'
import { SwapDecision } from './swap-decision'
import { SwapProgress } from './swap-progress'
import { isComputing, useSwap } from './use-swap'

/** A swap of models: how far it is computed, what becomes of it, and every part with both models beside each other. */
export function SwapComparison({
  studio,
  given,
  mayEdit,
}: {
  /** Address of the studio. */
  studio: string
  given: SwapView
  mayEdit: boolean
}) {
  const messages = useSwapMessages()
  const [swap, look] = useSwap(given)
  const { number, status, from, to, author, questions, compared, keyReason } = swap
  return (
    <>
      <BackLink href={`${studio}/models`}>{messages.back}</BackLink>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em] break-words">{messages.arrow(from, to)}</h1>
      <p className="mt-1 text-quiet">
        {messages.number(number)} · {messages.statuses[status]} · {messages.facts(questions, author)}
      </p>
      {status === 'proposed' && <SwapProgress swap={swap} />}
      {keyReason && (
        <p className="mt-4 max-w-[68ch]">
          <span className="text-13 text-quiet">{messages.keyReason}</span> {keyReason}
        </p>
      )}
      {mayEdit && (
        <SwapDecision studio={studio} swap={swap} isComputing={isComputing(swap)} onApplied={look} />
      )}
      <Parts studio={studio} compared={compared} />
    </>
  )
}

function Parts({ studio, compared }: { studio: string; compared: readonly SwappedQuestion[] }) {
  const messages = useSwapMessages()
  const [shown, setShown] = useState<'all' | 'changed'>('all')
  const lines = compared.flatMap((question) => question.parts.map((part) => ({ question, part })))
  const changed = lines.filter(({ part }) => part.changed)
  const isKnown = lines.every(({ part }) => part.changed !== null)
  return (
    <section aria-label={messages.filter} className="mt-10">
      <Segments
        legend={messages.filter}
        value={shown}
        segments={[
          { value: 'all', label: messages.all(lines.length), name: messages.all(lines.length) },
          {
            value: 'changed',
            label: messages.changed(changed.length),
            name: messages.changed(changed.length),
          },
        ]}
        onChange={setShown}
      />
      {shown === 'changed' && changed.length === 0 && (
        <p className="case mt-4 px-6 py-10 text-center text-quiet">
          {isKnown ? messages.nothingChanged : messages.pending}
        </p>
      )}
      <div className="mt-4 border-t">
        {(shown === 'all' ? lines : changed).map(({ question, part }) => (
          <ComparedPart key={part.partId} studio={studio} question={question} part={part} />
        ))}
      </div>
    </section>
  )
}
