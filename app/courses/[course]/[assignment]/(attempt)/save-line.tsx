'use client'

import { Check, CircleAlert, CloudOff, LoaderCircle } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { clockTime, useInBrowser } from '@/app/components/local-time'
import { useOnDemand } from '@/app/components/on-demand'
import { useMessages } from '@/app/components/preferences'
import type { Messages } from '@/app/messages/messages'
import { AnswerFileButton } from '@/app/offline/answer-file-button'
import { unsentParts } from '@/lib/attempts/answer-saving'
import type { SaveSummary } from '@/lib/attempts/save-summary'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { useAttempt } from './attempt-provider'

const loadSeal = () => import('@/lib/answer-files/seal').then((module) => module.sealAnswers)

/** Failed sends in a row after which the network is likely to stay away: about a quarter of a minute. */
const MANY_FAILURES = 4

/** One quiet line about saving. What is shown follows each change; what is spoken waits until it has settled. */
export function SaveLine() {
  const messages = useMessages()
  const { attempt, address, summary, snapshot, noteResent } = useAttempt()
  const unsent = unsentParts(snapshot.saving)
  const isStuck =
    unsent.length > 0 &&
    (!snapshot.online || snapshot.saving.failures >= MANY_FAILURES || snapshot.saving.halt !== null)
  const pathname = usePathname()
  // Fetched while there is a network: it is needed when there is none.
  const sealAnswers = useOnDemand(loadSeal, isStuck)
  // The server does not know the student's time zone, so it draws no clock time.
  const inBrowser = useInBrowser()
  const say = useOneLanguage()
  const words = wordSummary(summary, messages, inBrowser, snapshot.keepsAnswers, say)
  const spoken = useSettled(summary.kind === 'saved' ? messages.saving.savedShort : words, summary.kind)
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-13 text-quiet">
      <p className="numbers flex items-start gap-2" data-testid="save-line" data-kind={summary.kind}>
        <SaveIcon kind={summary.kind} />
        {words}
      </p>
      {summary.kind === 'overtaken' && (
        <button type="button" className="link" onClick={() => window.location.reload()}>
          {messages.saving.reload}
        </button>
      )}
      {summary.kind === 'resent' && (
        <button type="button" className="link" onClick={noteResent}>
          {messages.saving.resentRead}
        </button>
      )}
      {(summary.kind === 'signed-out' || summary.kind === 'other-person') && (
        <a className="link" href={`/sign-in?callbackUrl=${encodeURIComponent(pathname)}`}>
          {messages.saving.signIn}
        </a>
      )}
      {summary.kind === 'lost-attempt' && (
        // A new document: what this one knows is of an attempt that is no more.
        <a className="link" href={address}>
          {messages.saving.startAgain}
        </a>
      )}
      {isStuck && sealAnswers && (
        <AnswerFileButton
          attemptId={attempt.attemptId}
          seal={(content) => sealAnswers(attempt.attemptId, content, attempt.sealingKey)}
          answers={unsent.map((partId) => ({ partId, ...snapshot.saving.parts[partId]!.shown }))}
        />
      )}
      {!snapshot.keepsAnswers && <p className="w-full text-wrong">{messages.saving.storageFull}</p>}
      <p className="sr-only" role="status">
        {spoken}
      </p>
    </div>
  )
}

function SaveIcon({ kind }: { kind: SaveSummary['kind'] }) {
  const look = { size: 15, 'aria-hidden': true, className: 'mt-[3px] shrink-0' } as const
  if (kind === 'saved') return <Check {...look} className="mt-[3px] shrink-0 text-accent" />
  if (kind === 'saving') return <LoaderCircle {...look} className="mt-[3px] shrink-0 animate-spin" />
  if (kind === 'waiting' || kind === 'busy')
    return <CloudOff {...look} className="mt-[3px] shrink-0 text-warn" />
  if (kind === 'nothing') return null
  return <CircleAlert {...look} className="mt-[3px] shrink-0 text-warn" />
}

function wordSummary(
  summary: SaveSummary,
  { saving }: Messages,
  withTime: boolean,
  keepsAnswers: boolean,
  say: (text: Bilingual) => string,
): string {
  switch (summary.kind) {
    case 'saved':
      return withTime ? saving.saved(clockTime(summary.savedAt)) : saving.savedShort
    case 'waiting':
      return saving.waiting(summary.unsent, keepsAnswers)
    case 'busy':
      return saving.busy(summary.unsent, keepsAnswers)
    case 'resent':
      return saving.resent(summary.count)
    case 'closed':
      return `${summary.why ? say(summary.why) : saving.closed} ${saving.unsaved(summary.unsent)}`.trim()
    case 'signed-out':
      return saving.signedOut(summary.unsent)
    case 'other-person':
      return saving.otherPerson(summary.unsent)
    case 'lost-attempt':
      return saving.lostAttempt(summary.unsent)
    case 'refused':
      return `${saving.refused(summary.unsent)} ${summary.why ? say(summary.why) : ''}`.trim()
    default:
      return saving[summary.kind]
  }
}

/** @returns `words` once they have stayed the same for a second; nothing for states that pass by themselves. */
function useSettled(words: string, kind: SaveSummary['kind']): string {
  const [settled, setSettled] = useState('')
  useEffect(() => {
    if (kind === 'saving' || kind === 'nothing') return
    const timer = setTimeout(() => setSettled(words), 1000)
    return () => clearTimeout(timer)
  }, [words, kind])
  return settled
}
