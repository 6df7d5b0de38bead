'use client'

import Link from 'next/link'
import { useId, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { useSending } from '@/app/components/use-sending'
import type { BankQuestion, CopyTarget } from '@/lib/bank/view'
import type { PictureDifference } from '@/lib/pictures/said-otherwise'
import { DifferingPictures } from '../differing-pictures'
import { BankRow } from './bank-row'
import { useBankMessages } from './use-bank-messages'

/** What was found; instructors choose among it, and copy what they chose into an assignment. */
export function BankList({
  questions,
  targets,
}: {
  questions: readonly BankQuestion[]
  /** Assignments to copy into; empty: nothing can be chosen. */
  targets: readonly CopyTarget[]
}) {
  const words = useBankMessages()
  const say = useOneLanguage()
  const id = useId()
  const { send, sending, refusal } = useSending()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [target, setTarget] = useState(targets[0]?.assignmentId ?? '')
  const into = targets.find(({ assignmentId }) => assignmentId === target)
  const [copied, setCopied] = useState<{ readonly count: number; readonly studio: string } | null>(null)
  const choose = (questionId: string, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(questionId)
    else next.delete(questionId)
    setChosen(next)
    setCopied(null)
  }
  const copy = async () => {
    const made = await send<{ questions: readonly unknown[] }>(
      'POST',
      `/api/assignments/${target}/questions/copies`,
      { questionIds: questions.flatMap(({ questionId }) => (chosen.has(questionId) ? [questionId] : [])) },
    )
    if (!made || !into) return
    const { course, slug } = into
    setCopied({ count: made.questions.length, studio: `/courses/${course.slug}/${slug}/staff/studio` })
    setChosen(new Set())
  }
  return (
    <ReadyFieldset>
      <ul className="mt-3 border-t">
        {questions.map((question) => (
          <BankRow
            key={question.questionId}
            question={question}
            chosen={chosen.has(question.questionId)}
            onChoose={targets.length > 0 && question.mayCopy ? (is) => choose(question.questionId, is) : null}
          />
        ))}
      </ul>
      {(chosen.size > 0 || copied) && (
        <div className="sticky bottom-0 z-10 mt-4 flex flex-wrap items-end gap-x-3 gap-y-2 border-t bg-paper py-3">
          <p className="numbers w-full text-13 text-quiet sm:w-auto sm:self-center">
            {words.chosen(chosen.size)}
          </p>
          <div className="min-w-0 flex-1 sm:max-w-md">
            <label htmlFor={id} className="block text-13 font-[540]">
              {words.into}
            </label>
            <select
              id={id}
              className="field mt-1.5"
              value={target}
              onChange={({ target: { value } }) => setTarget(value)}
            >
              {targets.map((one) => (
                <option key={one.assignmentId} value={one.assignmentId}>
                  {say(one.course.title)} · {say(one.title)} ({one.slug})
                </option>
              ))}
            </select>
          </div>
          <button
            type="button"
            className="button button-accent"
            disabled={sending || chosen.size === 0}
            onClick={() => void copy()}
          >
            {words.copy}
          </button>
          <p role="status" className="w-full text-13 empty:hidden">
            {copied && (
              <>
                {words.copied(copied.count)}{' '}
                <Link href={copied.studio} className="link">
                  {words.open}
                </Link>
              </>
            )}
          </p>
          <div role="alert" className="w-full text-13 empty:hidden">
            {refusal && <p className="text-wrong">{refusal.message ?? words.failed}</p>}
            {refusal?.code === 'picture-differs' && into && (
              <DifferingPictures
                course={into.course.slug}
                pictures={refusal.facts.pictures as readonly PictureDifference[]}
              />
            )}
          </div>
        </div>
      )}
    </ReadyFieldset>
  )
}
