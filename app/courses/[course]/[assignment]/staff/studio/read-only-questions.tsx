'use client'

import type { StudioQuestion } from '@/lib/studio/view'
import { useStudioMessages } from './messages/use-studio-messages'
import { QuestionSummary } from './question-row'

/** The questions for staff who look at them and do not write. */
export function ReadOnlyQuestions({
  address,
  questions,
}: {
  address: string
  questions: readonly StudioQuestion[]
}) {
  const { list, readOnly } = useStudioMessages()
  return (
    <>
      <p className="mt-5 max-w-[68ch] text-13 text-quiet">{readOnly}</p>
      <ol aria-label={list.label} className="mt-5 border-t">
        {questions
          .filter(({ archived }) => !archived)
          .map((question) => (
            <li key={question.questionId} className="border-b">
              <QuestionSummary address={address} question={question} />
            </li>
          ))}
      </ol>
    </>
  )
}
