'use client'

import { useState } from 'react'
import { Field } from '@/app/components/field'
import { useInBrowser, useMomentFormat } from '@/app/components/local-time'
import type { ReceiptCheck } from '@/lib/submission/data'
import { useDatesMessages } from '../dates/messages/use-dates-messages'

/** Takes a receipt, as its code or in full, and says whether it is genuine and what it was given for. */
export function ReceiptForm({ assignmentId }: { assignmentId: string }) {
  const { receipts, failed } = useDatesMessages()
  const ready = useInBrowser()
  const [shown, setShown] = useState('')
  const [check, setCheck] = useState<ReceiptCheck | 'failed' | null>(null)

  async function ask() {
    try {
      const response = await fetch(`/api/assignments/${assignmentId}/receipts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ receipt: shown }),
        signal: AbortSignal.timeout(30_000),
      })
      setCheck(response.ok ? ((await response.json()) as ReceiptCheck) : 'failed')
    } catch {
      setCheck('failed')
    }
  }

  return (
    <form
      className="mt-8 grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <Field label={receipts.label} hint={receipts.hint}>
        {(control) => (
          <textarea
            {...control}
            className="field min-h-28 font-mono text-13 break-all"
            spellCheck={false}
            required
            disabled={!ready}
            value={shown}
            onChange={({ target }) => setShown(target.value)}
          />
        )}
      </Field>
      <button
        type="submit"
        className="button button-accent justify-self-start"
        disabled={!ready || !shown.trim()}
      >
        {receipts.check}
      </button>
      <div role="status">
        {check === 'failed' && <p className="text-wrong">{failed}</p>}
        {check && check !== 'failed' && <Verdict check={check} />}
      </div>
    </form>
  )
}

function Verdict({ check }: { check: ReceiptCheck }) {
  const { receipts, preview } = useDatesMessages()
  const moment = useMomentFormat()
  if (check.verdict !== 'valid')
    return <p className="case px-5 py-4 text-wrong">✕ {receipts.verdicts[check.verdict]}</p>
  return (
    <div className="case px-5 py-4">
      <p className="font-[560]">✓ {receipts.genuine}</p>
      <p className="mt-2">
        {check.name} <span className="text-quiet">{check.email}</span>
      </p>
      <p className="mt-1 text-quiet">
        {preview.attempt(check.number)} {moment(check.submittedAt)} · {receipts.answered(check.answered)}
        {check.submittedByServer && ` · ${receipts.byServer}`}
      </p>
      {check.supersededAt && (
        <p className="mt-1 text-wrong">{receipts.superseded(moment(check.supersededAt))}</p>
      )}
      <p className={check.sameAnswers ? 'mt-1 text-quiet' : 'mt-1 text-wrong'}>
        {check.sameAnswers ? receipts.same : receipts.changed}
      </p>
    </div>
  )
}
