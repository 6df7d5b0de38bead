'use client'

import { LoaderCircle, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Field } from '@/app/components/field'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { RegradeReason } from '@/lib/regrading/schema'
import type { RegradablePart } from '@/lib/regrading/view'
import { ChangeFields } from './change-fields'
import { type ChangeState, changeOf, freshChange } from './change-state'
import { useRegradeMessages } from './messages/use-regrade-messages'

/** A draft, new or to be written anew: what changes, and what students are told. */
export function RegradeForm({
  address,
  page,
  method,
  parts,
  given,
  reason: givenReason,
}: {
  /** The route that takes the draft. */
  address: string
  /** The page of regrades. */
  page: string
  method: 'POST' | 'PUT'
  parts: readonly RegradablePart[]
  given: readonly ChangeState[]
  reason: RegradeReason
}) {
  const { form, actions } = useRegradeMessages()
  const router = useRouter()
  const [changes, setChanges] = useState(given)
  const [reason, setReason] = useState(givenReason)
  const { send, sending, refusal } = useSending()
  const replace = (index: number, change: ChangeState) =>
    setChanges((known) => known.map((one, at) => (at === index ? change : one)))
  const submit = async () => {
    const body = { changes: changes.map((change) => changeOf(change, parts[change.at]!)), reason }
    const drafted = await send<{ number: number }>(method, address, body)
    if (drafted) {
      router.push(`${page}/${drafted.number}`)
      router.refresh()
    }
  }
  const issueOf = (path: string) => {
    const issue = refusal?.fields.get(path)
    return issue === undefined ? null : (form.issues[issue] ?? issue)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <ReadyFieldset>
        {changes.map((change, index) => (
          <ChangeFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place in the draft
            key={index}
            parts={parts}
            change={change}
            error={
              issueOf(`changes.${index}`) ??
              issueOf(`changes.${index}.partId`) ??
              issueOf(`changes.${index}.correct`) ??
              issueOf(`changes.${index}.points`)
            }
            onChange={(next) => replace(index, next)}
            {...(changes.length > 1 && {
              onRemove: () => setChanges((known) => known.filter((_, at) => at !== index)),
            })}
          />
        ))}
        <button
          type="button"
          className="button mt-4"
          onClick={() => setChanges([...changes, freshChange(parts, 0)])}
        >
          <Plus size={17} aria-hidden="true" />
          {form.add}
        </button>
        <fieldset className="mt-8 border-t pt-6">
          <legend className="float-left text-17 font-[580]">{form.reason}</legend>
          <p className="clear-both pt-1 text-13 text-quiet">{form.reasonHint}</p>
          <div className="mt-4 grid gap-4 sm:grid-cols-2">
            {(['en', 'zh'] as const).map((language) => (
              <Field
                key={language}
                label={language === 'en' ? form.reasonEn : form.reasonZh}
                error={language === 'en' ? issueOf('reason') : null}
              >
                {(control) => (
                  <textarea
                    {...control}
                    rows={3}
                    maxLength={1000}
                    lang={language === 'zh' ? 'zh-Hant' : 'en'}
                    className="field"
                    value={reason[language]}
                    onChange={({ target }) => setReason({ ...reason, [language]: target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
        </fieldset>
        <div className="mt-6 flex flex-wrap items-center gap-4 border-t pt-5">
          <button type="submit" className="button button-accent" disabled={sending}>
            {sending && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
            {sending ? form.sending : form.preview}
          </button>
          <p role="status" className="text-13 text-wrong">
            {refusal && (refusal.fields.size > 0 ? form.check : (refusal.message ?? actions.failed))}
          </p>
        </div>
      </ReadyFieldset>
    </form>
  )
}
