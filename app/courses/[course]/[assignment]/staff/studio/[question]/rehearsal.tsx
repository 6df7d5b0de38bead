'use client'

import { type ReactNode, useState } from 'react'
import { beginSaving } from '@/lib/attempts/answer-saving'
import type { AssignmentView, AttemptQuestionView } from '@/lib/attempts/view'
import { AttemptContext, type AttemptContextValue } from '../../../(attempt)/attempt-provider'

/** Stands in for an attempt, so that a question can be tried as a student would: choices show and go nowhere. */
export function Rehearsal({
  assignment,
  question,
  children,
}: {
  assignment: AssignmentView
  question: AttemptQuestionView
  children: ReactNode
}) {
  const [chosen, setChosen] = useState<{ readonly [partId: string]: readonly string[] }>({})
  const [flagged, setFlagged] = useState(false)
  const nothing = () => {}
  const value: AttemptContextValue = {
    attempt: {
      attemptId: '',
      number: 1,
      startedAt: '',
      submittedAt: null,
      receipt: null,
      submittedByServer: false,
      signedReceipt: null,
      sealingKey: { name: '', point: '' },
      assignment,
      questions: [question],
      answers: {},
    },
    address: '',
    closed: false,
    summary: { kind: 'nothing' },
    snapshot: { saving: beginSaving([], {}, {}), flags: {}, online: true, keepsAnswers: true },
    chosen: (partId) => chosen[partId] ?? [],
    choose: (partId, optionIds) => setChosen((known) => ({ ...known, [partId]: optionIds })),
    flagged: () => flagged,
    flag: (_, next) => setFlagged(next),
    stateOf: () => 'unanswered',
    close: nothing,
    reopen: nothing,
    askServer: async () => false,
    noteResent: nothing,
    known: null,
  }
  return <AttemptContext value={value}>{children}</AttemptContext>
}
