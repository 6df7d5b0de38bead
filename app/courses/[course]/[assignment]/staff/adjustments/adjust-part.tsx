'use client'

import { SlidersHorizontal } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { useSending } from '@/app/components/use-sending'
import type { AdjustmentView } from '@/lib/adjustments/view'
import { AdjustmentFields } from './adjustment-fields'
import { adjustmentInput, adjustmentKinds, adjustmentState, type ScoredPart } from './adjustment-state'
import { useAdjustmentMessages } from './messages'

/** Opens the form that adjusts one part of an attempt. */
export function AdjustPart({
  attemptId,
  partId,
  label,
  score,
  standing,
}: {
  attemptId: string
  partId: string
  label: string
  score: ScoredPart
  standing: AdjustmentView | null
}) {
  const words = useAdjustmentMessages()
  const ready = useInBrowser()
  const [open, setOpen] = useState(false)
  // Whoever closes the form goes on from where it was opened.
  const [closed, setClosed] = useState(false)
  if (open)
    return (
      <AdjustForm
        address={`/api/attempts/${attemptId}/parts/${partId}/adjustment`}
        score={score}
        standing={standing}
        onDone={() => {
          setOpen(false)
          setClosed(true)
        }}
      />
    )
  return (
    <button
      type="button"
      className="tool no-print mt-1 -ml-2"
      // biome-ignore lint/a11y/noAutofocus: see above
      autoFocus={closed}
      disabled={!ready}
      onClick={() => setOpen(true)}
    >
      <SlidersHorizontal size={15} aria-hidden="true" />
      {standing ? words.change : words.title}
      <span className="sr-only"> ({label})</span>
    </button>
  )
}

function AdjustForm({
  address,
  score,
  standing,
  onDone,
}: {
  address: string
  score: ScoredPart
  standing: AdjustmentView | null
  onDone: () => void
}) {
  const words = useAdjustmentMessages()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const [state, setState] = useState(() => adjustmentState(standing))
  const finish = (done: unknown) => {
    if (done) onDone()
    // Refused or not: what stands now is shown above.
    router.refresh()
  }
  const save = async () => finish(await send('PUT', address, adjustmentInput(state, score, standing)))
  const remove = async (at: string) =>
    finish(await send('DELETE', `${address}?adjustedAt=${encodeURIComponent(at)}`))
  return (
    <form
      noValidate
      className="no-print mt-3 rounded-card border px-4 py-4"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <AdjustmentFields
        state={state}
        score={score}
        withComment
        kinds={adjustmentKinds}
        onChange={setState}
        issueOf={(field) => {
          const issue = refusal?.fields.get(field)
          return issue === undefined ? null : (words.issues[issue] ?? issue)
        }}
      />
      {refusal && (
        <p role="alert" className="mt-3 text-13 text-wrong">
          {refusal.fields.size > 0 ? words.check : (refusal.message ?? words.failed)}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <button type="submit" className="button button-accent" disabled={sending}>
          {sending ? words.saving : words.save}
        </button>
        <button type="button" className="button button-plain" onClick={onDone}>
          {words.cancel}
        </button>
        {standing && (
          <button
            type="button"
            className="button button-plain text-wrong sm:ml-auto"
            disabled={sending}
            onClick={() => void remove(standing.at)}
          >
            {words.remove}
          </button>
        )}
      </div>
    </form>
  )
}
