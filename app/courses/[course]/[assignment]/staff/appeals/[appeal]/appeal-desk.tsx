'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Field } from '@/app/components/field'
import { Moment } from '@/app/components/local-time'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { AdjustmentView } from '@/lib/adjustments/view'
import { type AppealState, longestText } from '@/lib/appeals/lease'
import type { AppealHolder } from '@/lib/appeals/view'
import { AdjustmentFields } from '../../adjustments/adjustment-fields'
import {
  type AdjustmentState,
  adjustmentInput,
  adjustmentKinds,
  adjustmentState,
  type ScoredPart,
} from '../../adjustments/adjustment-state'
import { useAdjustmentMessages } from '../../adjustments/messages'
import { useAppealMessages } from '../messages/use-appeal-messages'

/** Takes a question, gives it back, and answers it with or without other points. */
export function AppealDesk({
  appealId,
  state,
  holder,
  score,
  standing,
}: {
  appealId: string
  state: AppealState
  holder: AppealHolder | null
  /** null: the attempt was opened again since. */
  score: ScoredPart | null
  standing: AdjustmentView | null
}) {
  const words = useAppealMessages()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const isOwn = holder?.isViewer ?? false
  // What was begun stays on the page, also when time is over or somebody else was quicker.
  const [begun, setBegun] = useState(isOwn)
  const isClosed = state === 'answered' || state === 'withdrawn'
  if (isClosed && !begun) return null
  const claim = async (method: 'PUT' | 'DELETE') => {
    if (await send(method, `/api/appeals/${appealId}/claim`)) setBegun(method === 'PUT')
    router.refresh()
  }
  return (
    <section className="mt-6 border-t pt-5">
      <ReadyFieldset>
        {holder && (
          <p className="text-13 text-quiet first-letter:uppercase">
            {words.heldBy(holder.name, holder.isViewer)} {words.until} <Moment iso={holder.until} />
          </p>
        )}
        {begun && state === 'open' && <p className="text-13 text-warn">{words.expired}</p>}
        {(isOwn || begun) && (
          <AnswerForm appealId={appealId} score={score} standing={standing} onDone={() => setBegun(false)} />
        )}
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
          {state === 'open' && (
            <button
              type="button"
              className={begun ? 'button' : 'button button-accent'}
              disabled={sending}
              onClick={() => void claim('PUT')}
            >
              {begun ? words.renew : words.claim}
            </button>
          )}
          {state === 'open' && !begun && <p className="text-13 text-quiet">{words.claimHint}</p>}
          {isOwn && (
            <>
              <button type="button" className="tool" disabled={sending} onClick={() => void claim('PUT')}>
                {words.renew}
              </button>
              <button type="button" className="tool" disabled={sending} onClick={() => void claim('DELETE')}>
                {words.giveBack}
              </button>
            </>
          )}
        </div>
        {refusal && (
          <p role="alert" className="mt-2 text-13 text-wrong">
            {refusal.message ?? words.failed}
          </p>
        )}
      </ReadyFieldset>
    </section>
  )
}

function AnswerForm({
  appealId,
  score,
  standing,
  onDone,
}: {
  appealId: string
  score: ScoredPart | null
  standing: AdjustmentView | null
  onDone: () => void
}) {
  const words = useAppealMessages()
  const { issues, check } = useAdjustmentMessages()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const [text, setText] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const [adjustment, setAdjustment] = useState<AdjustmentState>(() => adjustmentState(standing))
  const submit = async () => {
    setEmpty(text.trim() === '')
    if (text.trim() === '') return
    const given = adjustmentState(standing)
    const isAdjusted =
      adjustment.kind !== 'none' &&
      (['kind', 'points', 'reason'] as const).some((name) => adjustment[name] !== given[name])
    const answered = await send('PUT', `/api/appeals/${appealId}/answer`, {
      text,
      ...(score && isAdjusted && { adjustment: adjustmentInput(adjustment, score, standing) }),
    })
    if (answered) onDone()
    // Refused or not: who has it and what stands now is shown.
    router.refresh()
  }
  return (
    <form
      noValidate
      className="mt-3 grid gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field label={words.answer} hint={words.answerHint} error={isEmpty ? words.answerEmpty : null}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            maxLength={longestText}
            className="field"
            value={text}
            onChange={({ target }) => {
              setText(target.value)
              setEmpty(false)
            }}
          />
        )}
      </Field>
      {score && (
        <fieldset>
          <legend className="mb-3 font-[560]">{words.adjust}</legend>
          <AdjustmentFields
            state={adjustment}
            score={score}
            withComment={false}
            kinds={standing?.adjustment ? ['set', 'add'] : adjustmentKinds}
            onChange={setAdjustment}
            issueOf={(field) => {
              const issue = refusal?.fields.get(field) ?? refusal?.fields.get(`adjustment.${field}`)
              return issue === undefined ? null : (issues[issue] ?? issue)
            }}
          />
        </fieldset>
      )}
      {refusal && (
        <p role="alert" className="text-13 text-wrong">
          {refusal.fields.size > 0 ? check : (refusal.message ?? words.failed)}
        </p>
      )}
      <button type="submit" className="button button-accent justify-self-start" disabled={sending}>
        {sending ? words.sending : words.send}
      </button>
    </form>
  )
}
