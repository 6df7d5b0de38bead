'use client'

import { FlaskConical, LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { useMomentFormat } from '@/app/components/local-time'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { SwapOffer } from '@/lib/model-swaps/view'
import { useSwapMessages } from './messages'

/** The questions that are about a model: which of them another can be tried in, and what keeps it from the others. */
export function OfferForm({
  address,
  assignmentId,
  from,
  to,
  offers,
}: {
  address: string
  assignmentId: string
  from: string
  to: string
  offers: readonly SwapOffer[]
}) {
  const messages = useSwapMessages()
  const router = useRouter()
  const title = useId()
  const { send, sending, refusal } = useSending()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const possible = offers.filter(({ obstacles }) => obstacles.length === 0)
  const questionIds = possible.map(({ questionId }) => questionId).filter((id) => !left.has(id))
  const toggle = (questionId: string, taken: boolean) =>
    setLeft((known) => {
      const next = new Set(known)
      if (taken) next.delete(questionId)
      else next.add(questionId)
      return next
    })
  const propose = async () => {
    const made = await send<{ number: number }>('POST', `/api/assignments/${assignmentId}/model-swaps`, {
      from,
      to,
      questionIds,
    })
    if (made) router.push(`${address}/${made.number}`)
  }
  return (
    <section aria-labelledby={title} className="mt-8">
      <h2 id={title} className="text-21 font-[580] break-words">
        {messages.offers(to)}
      </h2>
      <p className="mt-1 max-w-[68ch] text-13 text-quiet">{messages.offersLead}</p>
      <ReadyFieldset>
        <ul className="mt-4 border-t">
          {offers.map((offer) => (
            <Offer
              key={offer.questionId}
              offer={offer}
              taken={questionIds.includes(offer.questionId)}
              onToggle={(taken) => toggle(offer.questionId, taken)}
            />
          ))}
        </ul>
        <div className="mt-5 flex flex-wrap items-center gap-4">
          <button
            type="button"
            className="button button-accent"
            disabled={questionIds.length === 0 || sending}
            onClick={() => void propose()}
          >
            {sending ? (
              <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />
            ) : (
              <FlaskConical size={17} aria-hidden="true" />
            )}
            {messages.tryIt(questionIds.length)}
          </button>
          <p role="status" className="text-13 text-quiet">
            {questionIds.length === 0 && messages.nonePossible}
            {refusal && <span className="text-wrong">{refusal.message ?? messages.failed}</span>}
          </p>
        </div>
      </ReadyFieldset>
    </section>
  )
}

function Offer({
  offer: { label, prompt, obstacles, draft },
  taken,
  onToggle,
}: {
  offer: SwapOffer
  taken: boolean
  onToggle: (taken: boolean) => void
}) {
  const messages = useSwapMessages()
  const say = useOneLanguage()
  const when = useMomentFormat()
  const notes = useId()
  const isPossible = obstacles.length === 0
  return (
    <li className="border-b py-3">
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          className="tick"
          checked={taken}
          disabled={!isPossible}
          aria-describedby={notes}
          onChange={({ target }) => onToggle(target.checked)}
        />
        <span className={isPossible ? 'min-w-0' : 'min-w-0 text-quiet'}>
          <span className="font-[560]">{messages.question(label)}</span>{' '}
          <span className="block truncate text-13 text-quiet">{say(prompt)}</span>
        </span>
      </label>
      <div id={notes} className="ml-8 text-13">
        {!isPossible && <p className="mt-1 font-[560] text-warn">{messages.impossible}</p>}
        {obstacles.map((reason) => (
          <BilingualText key={reason.en} text={reason} second="text-quiet" />
        ))}
        {draft && isPossible && (
          <p className="mt-1 text-quiet">{messages.draft(draft.author, when(draft.savedAt))}</p>
        )}
      </div>
    </li>
  )
}
