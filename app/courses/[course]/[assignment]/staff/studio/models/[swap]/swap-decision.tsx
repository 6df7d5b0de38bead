'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { SwapView } from '@/lib/model-swaps/view'
import { ContradictionReason } from '../../contradiction-reason'
import { useSwapMessages } from '../messages'

/** A swap is applied, with a reason where the new model contradicts a key, or discarded; applied, it can be swapped back. */
export function SwapDecision({
  studio,
  swap,
  isComputing,
  onApplied,
}: {
  studio: string
  swap: SwapView
  isComputing: boolean
  onApplied: () => Promise<void>
}) {
  const messages = useSwapMessages()
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [asks, setAsks] = useState(false)
  const { send, sending, refusal } = useSending()
  const { swapId, status, from, to, compared, keys, figures } = swap
  if (status === 'applied')
    return (
      <p className="case mt-5 flex max-w-[44rem] flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4">
        {messages.applied}
        <Link className="link" href={`${studio}/models?${new URLSearchParams({ from: to, to: from })}`}>
          {messages.swapBack}
        </Link>
      </p>
    )
  const contradicted = compared.flatMap(({ parts }) => parts.filter((part) => part.needsReason))
  const drafts = compared.filter(({ draft }) => draft !== null)
  const isFinished = keys.status === 'done' && figures.ready === figures.total
  const outdated = compared.some((question) => question.outdated)
  const isReady = isFinished && !outdated && (contradicted.length === 0 || reason.trim() !== '')
  const apply = async () => {
    const body = contradicted.length > 0 ? { reason: reason.trim() } : {}
    if (await send('POST', `/api/model-swaps/${swapId}/apply`, body)) {
      await onApplied()
      router.refresh()
    }
  }
  const discard = async () => {
    if (!(await send('DELETE', `/api/model-swaps/${swapId}`))) return
    router.push(`${studio}/models`)
    router.refresh()
  }
  return (
    <ReadyFieldset>
      <div className="mt-5 grid max-w-[44rem] gap-4">
        {drafts.length > 0 && (
          <p className="text-13 text-quiet">{messages.drafts(drafts.map(({ label }) => label).join(', '))}</p>
        )}
        {isFinished && contradicted.length > 0 && (
          <ContradictionReason
            contradiction={messages.reasonAsk(contradicted.map(({ label }) => label).join(', '))}
            label={messages.reason}
            value={reason}
            onChange={setReason}
          />
        )}
        {!isComputing && <p className="text-13 text-quiet">{messages.applyLead}</p>}
        <div className="flex flex-wrap items-center gap-3">
          {!isComputing && (
            <button
              type="button"
              className="button button-accent"
              disabled={!isReady || sending}
              onClick={() => void apply()}
            >
              {sending && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
              {messages.apply(compared.length)}
            </button>
          )}
          {asks ? (
            <span className="flex flex-wrap items-center gap-3">
              <span role="status" className="text-13">
                {messages.discardAsk}
              </span>
              <button type="button" className="button" disabled={sending} onClick={() => void discard()}>
                {messages.discardNow}
              </button>
              <button type="button" className="tool" onClick={() => setAsks(false)}>
                {messages.keep}
              </button>
            </span>
          ) : (
            <button
              type="button"
              className="button"
              disabled={sending}
              // While it is computed there is nothing yet that one could miss.
              onClick={() => (isComputing ? void discard() : setAsks(true))}
            >
              {isComputing ? messages.cancel : messages.discard}
            </button>
          )}
        </div>
        <p role="alert" className="text-13 text-wrong empty:hidden">
          {refusal && (refusal.message ?? messages.failed)}
        </p>
      </div>
    </ReadyFieldset>
  )
}
