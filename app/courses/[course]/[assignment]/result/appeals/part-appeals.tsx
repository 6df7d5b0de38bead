'use client'

import { MessageCircleQuestion } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { Moment, useInBrowser } from '@/app/components/local-time'
import { useSending } from '@/app/components/use-sending'
import { longestText } from '@/lib/appeals/lease'
import type { OwnAppeal } from '@/lib/appeals/view'
import { useOwnAppealMessages } from '../messages/appeals'
import { Thread } from './thread'

/** What the student asked about one part, with the answers, and the form to ask. */
export function PartAppeals({
  attemptId,
  partId,
  label,
  isOpen,
  until,
  appeals,
}: {
  attemptId: string
  partId: string
  label: string
  /** Whether anything can be asked now. */
  isOpen: boolean
  until: string | null
  appeals: readonly OwnAppeal[]
}) {
  const words = useOwnAppealMessages()
  const router = useRouter()
  const ready = useInBrowser()
  const { send, sending, refusal } = useSending()
  const [asking, setAsking] = useState(false)
  // Whoever closes the form goes on from where it was opened.
  const [closed, setClosed] = useState(false)
  const latest = appeals.at(-1)
  const isWaiting = latest?.state === 'open' || latest?.state === 'claimed'
  const withdraw = async (appealId: string) => {
    await send('POST', `/api/attempts/${attemptId}/appeals/${appealId}/withdrawal`)
    router.refresh()
  }
  return (
    <div className="mt-4" data-testid={`appeals-${partId}`}>
      {appeals.map((appeal) => (
        <section
          key={appeal.appealId}
          aria-label={words.about(label)}
          className="mb-3 rounded-card border px-4 py-3"
        >
          <p className="mb-2 text-13 font-[560] text-quiet first-letter:uppercase">
            {words.states[appeal.state]}
          </p>
          <Thread messages={appeal.messages} names={{ student: words.you, staff: words.staff }} />
          {appeal === latest && isWaiting && (
            <button
              type="button"
              className="tool no-print mt-1 -ml-2"
              disabled={!ready || sending}
              onClick={() => void withdraw(appeal.appealId)}
            >
              {words.withdraw}
            </button>
          )}
        </section>
      ))}
      {isOpen &&
        !isWaiting &&
        (asking ? (
          <AskForm
            address={`/api/attempts/${attemptId}/parts/${partId}/appeals`}
            until={until}
            onDone={() => {
              setAsking(false)
              setClosed(true)
            }}
          />
        ) : (
          <button
            type="button"
            className="tool no-print -ml-2"
            // biome-ignore lint/a11y/noAutofocus: see above
            autoFocus={closed}
            disabled={!ready}
            onClick={() => setAsking(true)}
          >
            <MessageCircleQuestion size={16} aria-hidden="true" />
            {latest ? words.askAgain : words.ask}
            <span className="sr-only"> ({label})</span>
          </button>
        ))}
      {refusal && !asking && (
        <p role="alert" className="text-13 text-wrong">
          {refusal.message ?? words.failed}
        </p>
      )}
    </div>
  )
}

function AskForm({ address, until, onDone }: { address: string; until: string | null; onDone: () => void }) {
  const words = useOwnAppealMessages()
  const router = useRouter()
  const id = useId()
  const { send, sending, refusal } = useSending()
  const [text, setText] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const submit = async () => {
    setEmpty(text.trim() === '')
    if (text.trim() === '' || !(await send('POST', address, { text }))) return
    onDone()
    router.refresh()
  }
  const error = isEmpty ? words.empty : refusal ? (refusal.message ?? words.failed) : null
  return (
    <form
      noValidate
      className="no-print rounded-card border px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <label htmlFor={id} className="block text-13 font-[540]">
        {words.text}
      </label>
      <textarea
        id={id}
        // biome-ignore lint/a11y/noAutofocus: it stands where the button was that asked for it
        autoFocus
        rows={4}
        maxLength={longestText}
        className="field mt-1.5"
        aria-describedby={`${id}-note`}
        aria-invalid={error !== null}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setEmpty(false)
        }}
      />
      <div id={`${id}-note`} className="mt-1 flex flex-wrap justify-between gap-x-4 text-13 text-quiet">
        <p>
          {words.hint}
          {until && (
            <>
              {' '}
              {words.until} <Moment iso={until} />
            </>
          )}
        </p>
        <p className="numbers">
          {text.length} / {longestText}
        </p>
      </div>
      <p role="alert" className="text-13 text-wrong empty:hidden">
        {error}
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        <button type="submit" className="button button-accent" disabled={sending}>
          {sending ? words.sending : words.send}
        </button>
        <button type="button" className="button button-plain" onClick={onDone}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
