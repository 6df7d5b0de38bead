'use client'

import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { SelectField } from '@/app/components/field'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import type { UsedModel } from '@/lib/model-swaps/view'
import { useSwapMessages } from './messages'

/** The model that goes, of those that questions are about, and one of its kind; the address keeps both. */
export function ChooseModels({
  address,
  models,
  chosen,
}: {
  address: string
  models: readonly UsedModel[]
  chosen: { readonly from: string; readonly to: string } | null
}) {
  const messages = useSwapMessages()
  const router = useRouter()
  const first = models.find(({ candidates }) => candidates.length > 0) ?? models[0]
  const [from, setFrom] = useState(chosen?.from ?? first?.name ?? '')
  const [to, setTo] = useState(chosen?.to ?? '')
  const used = models.find(({ name }) => name === from)
  const candidates = used?.candidates ?? []
  const isReady = candidates.includes(to)
  if (models.length === 0) return <p className="case mt-6 px-6 py-10 text-quiet">{messages.noModels}</p>
  return (
    <form
      className="case mt-6 px-5 py-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) router.push(`${address}?${new URLSearchParams({ from, to })}`)
      }}
    >
      <ReadyFieldset>
        <h2 className="text-17 font-[580]">{messages.choose}</h2>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <SelectField
            label={messages.from}
            {...(used && { hint: messages.questionsOf(used.questions.join(', ')) })}
            value={from}
            options={models.map(({ name }) => [name, name] as const)}
            onChange={(name) => {
              setFrom(name)
              setTo('')
            }}
          />
          <SelectField
            label={messages.to}
            {...(candidates.length === 0 && { hint: messages.noCandidates })}
            value={to}
            options={[['', messages.pick] as const, ...candidates.map((name) => [name, name] as const)]}
            onChange={setTo}
          />
        </div>
        <button type="submit" className="button mt-4" disabled={!isReady}>
          {messages.examine}
          <ArrowRight size={16} aria-hidden="true" />
        </button>
      </ReadyFieldset>
    </form>
  )
}
