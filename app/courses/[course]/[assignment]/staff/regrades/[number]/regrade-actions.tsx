'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Field } from '@/app/components/field'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { RegradeView } from '@/lib/regrading/view'
import { useRegradeMessages } from '../messages/use-regrade-messages'

/** What may be done with a regrade now, each only after the effect has been seen. */
export function RegradeActions({
  regrade,
  page,
  mayApply,
}: {
  regrade: Pick<
    RegradeView,
    | 'regradeId'
    | 'number'
    | 'status'
    | 'undoes'
    | 'undoneBy'
    | 'outdated'
    | 'supersededBy'
    | 'needsOther'
    | 'reason'
  > & {
    readonly fingerprint: string | null
    readonly moved: number
    readonly contradicted: boolean
  }
  /** The page of regrades. */
  page: string
  mayApply: boolean
}) {
  const { actions } = useRegradeMessages()
  const router = useRouter()
  const { send, sending, refusal } = useSending()
  const [sure, setSure] = useState(false)
  const [keyReason, setKeyReason] = useState('')
  const address = `/api/regrades/${regrade.regradeId}`
  const isDraft = regrade.status === 'draft'
  const apply = async () => {
    const body = {
      fingerprint: regrade.fingerprint,
      ...(regrade.contradicted && { keyReason }),
    }
    setSure(false)
    await send('POST', `${address}/apply`, body)
    // Applied or refused: what is shown is old.
    router.refresh()
  }
  const discard = async () => {
    if (await send('POST', `${address}/discard`)) router.push(page)
  }
  const renew = async () => {
    if (await send('PUT', `${address}/draft`, { reason: regrade.reason })) router.refresh()
  }
  const undo = async () => {
    const drafted = await send<{ number: number }>('POST', `${address}/undo`)
    if (drafted) router.push(`${page}/${drafted.number}`)
  }
  const hint = !isDraft
    ? regrade.supersededBy !== null && regrade.undoneBy === null && actions.superseded(regrade.supersededBy)
    : regrade.supersededBy !== null
      ? actions.superseded(regrade.supersededBy)
      : regrade.outdated
        ? actions.outdated
        : !mayApply
          ? actions.onlyInstructors
          : regrade.needsOther && actions.needsOther
  const canApply =
    isDraft && mayApply && !regrade.outdated && !regrade.needsOther && regrade.supersededBy === null
  const canUndo = regrade.status === 'applied' && regrade.undoneBy === null && regrade.supersededBy === null
  return (
    <ReadyFieldset>
      {hint && <p className="mt-4 max-w-[68ch] font-[540] text-warn">{hint}</p>}
      {canApply && regrade.contradicted && (
        <div className="mt-4 max-w-xl rounded-card border border-wrong/40 px-4 py-4">
          <p className="mb-3 text-wrong">{actions.contradicted}</p>
          <Field label={actions.keyReason}>
            {(control) => (
              <textarea
                {...control}
                rows={3}
                maxLength={2000}
                className="field"
                value={keyReason}
                onChange={({ target }) => setKeyReason(target.value)}
              />
            )}
          </Field>
        </div>
      )}
      <div className="no-print mt-5 flex flex-wrap items-center gap-3">
        {canApply &&
          (sure ? (
            <>
              <button type="button" className="button button-accent" onClick={() => void apply()}>
                {actions.applyNow(regrade.moved)}
              </button>
              <button type="button" className="button" onClick={() => setSure(false)}>
                {actions.cancel}
              </button>
            </>
          ) : (
            <button
              type="button"
              className="button button-accent"
              disabled={sending || (regrade.contradicted && keyReason.trim() === '')}
              onClick={() => setSure(true)}
            >
              {sending && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
              {sending ? actions.applying : actions.apply}
            </button>
          ))}
        {isDraft && regrade.outdated && regrade.supersededBy === null && (
          <button
            type="button"
            className="button button-accent"
            disabled={sending}
            onClick={() => void renew()}
          >
            {actions.renew}
          </button>
        )}
        {canUndo && (
          <button type="button" className="button" disabled={sending} onClick={() => void undo()}>
            {actions.undo}
          </button>
        )}
        {isDraft && !sure && (
          <>
            {regrade.undoes === null && (
              <Link href={`${page}/${regrade.number}/edit`} className="button">
                {actions.edit}
              </Link>
            )}
            <button
              type="button"
              className="button button-plain"
              disabled={sending}
              onClick={() => void discard()}
            >
              {actions.discard}
            </button>
          </>
        )}
      </div>
      <p role="status" className="mt-2 text-13 text-wrong empty:hidden">
        {refusal && (refusal.message ?? actions.failed)}
      </p>
    </ReadyFieldset>
  )
}
