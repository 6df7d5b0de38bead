'use client'

import { DatabaseBackup } from 'lucide-react'
import { useMessages } from '@/app/components/preferences'
import { AnswerFileButton } from '@/app/offline/answer-file-button'
import type { KeptAttempt } from '@/app/offline/kept-attempts'
import { forgetAttempt } from '@/app/offline/storage'
import { sealAnswers } from '@/lib/answer-files/seal'
import { offerLostAnswers } from '@/lib/attempts/lost-attempt'
import { useAttempt } from './attempt-provider'

/** Offers the answers that this device kept of an attempt that the server has lost. Nothing is taken over unasked. */
export function LostAttemptOffer({ lost, onDone }: { lost: KeptAttempt; onDone: () => void }) {
  const { saving } = useMessages()
  const { attempt, known, chosen, choose, closed, snapshot } = useAttempt()
  if (!known) return null
  const words = saving.lostAnswers
  const offer = offerLostAnswers(lost.answers, lost.known, known, (partId) => chosen(partId).length > 0)
  const { same, answeredAnew, changed } = offer
  const kept = [...same, ...answeredAnew, ...changed]

  function takeOver() {
    for (const partId of same) choose(partId, lost.answers[partId]!.optionIds)
    done()
  }
  function done() {
    void forgetAttempt(lost.known.attemptId).catch(() => {})
    onDone()
  }

  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 pt-3 sm:px-6 lg:px-10">
      <section
        aria-label={words.title}
        data-testid="lost-answers"
        className="flex items-start gap-2.5 rounded-card border border-warn/40 bg-warn-soft px-4 py-3 text-13"
      >
        <DatabaseBackup size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
        <div>
          <p role="status">
            {[words.text(kept.length), words.answeredAnew(answeredAnew.length), words.changed(changed.length)]
              .filter(Boolean)
              .join(' ')}
          </p>
          <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
            {same.length > 0 && !closed && (
              <button type="button" className="button" onClick={takeOver}>
                {words.take(same.length)}
              </button>
            )}
            <AnswerFileButton
              attemptId={lost.known.attemptId}
              // For this attempt, above what it holds: the other one is nowhere to be imported into.
              seal={(content) => sealAnswers(attempt.attemptId, content, attempt.sealingKey)}
              answers={kept.map((partId) => ({
                partId,
                optionIds: lost.answers[partId]!.optionIds,
                revision: (snapshot.saving.parts[partId]?.shown.revision ?? 0) + 1,
                clientId: 'lost-attempt',
              }))}
            />
            <button type="button" className="link" onClick={done}>
              {words.dismiss}
            </button>
          </div>
        </div>
      </section>
    </div>
  )
}
