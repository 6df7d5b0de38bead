'use client'

import { CircleCheck, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import * as AlertDialog from 'radix-ui/alert-dialog'
import { useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import { QuestionTiles, type Tile, TileLegend } from '@/app/components/question-tiles'
import { useAttempt } from '../attempt-provider'
import { SaveLine } from '../save-line'

/** What is missing first, then what is flagged, then the rest; one confirmation; the receipt. */
export function ReviewView() {
  const messages = useMessages()
  const ready = useInBrowser()
  const { attempt, address, stateOf, flagged, summary, closed, close, askServer } = useAttempt()
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState(false)
  const [receipt, setReceipt] = useState<string | null>(attempt.receipt)
  const tiles: Tile[] = attempt.questions.map((question) => ({
    position: question.position,
    label: question.content.label,
    topic: question.content.topic,
    state: stateOf(question),
    flagged: flagged(question.questionId),
  }))
  const open = tiles.filter((tile) => tile.state !== 'answered')
  const marked = tiles.filter((tile) => tile.flagged && tile.state === 'answered')
  const rest = tiles.filter((tile) => !tile.flagged && tile.state === 'answered')
  const unanswered = open.filter((tile) => tile.state === 'unanswered').length
  const unsaved =
    summary.kind === 'saving' ||
    ['waiting', 'busy', 'signed-out', 'other-person', 'lost-attempt'].includes(summary.kind)

  async function submit() {
    setSending(true)
    setFailed(false)
    try {
      // Nothing is handed in while the server lacks an answer that the student was told is saved.
      if (await askServer()) return
      const response = await fetch(`/api/attempts/${attempt.attemptId}/submit`, {
        method: 'POST',
        signal: AbortSignal.timeout(30_000),
      })
      if (!response.ok) throw new Error(String(response.status))
      const body = (await response.json()) as { receipt: string }
      setReceipt(body.receipt)
      close()
    } catch {
      setFailed(true)
    } finally {
      setSending(false)
    }
  }

  if (receipt) return <Receipt code={receipt} resultAddress={`${address}/result`} />

  return (
    <main id="content" className="mx-auto w-full max-w-[44rem] px-4 pt-8 pb-20 sm:px-6 lg:pt-12">
      <h1 className="text-28 font-[620] tracking-[-0.01em]">{messages.review.title}</h1>
      <div className="mt-3 grid gap-0.5 text-17 text-quiet">
        {unanswered > 0 && <p className="text-ink">{messages.review.unanswered(unanswered)}</p>}
        {open.length > unanswered && (
          <p className="text-ink">{messages.review.partial(open.length - unanswered)}</p>
        )}
        {open.length === 0 && <p className="text-ink">{messages.review.allAnswered}</p>}
        {tiles.some((tile) => tile.flagged) && (
          <p>{messages.review.flagged(tiles.filter((tile) => tile.flagged).length)}</p>
        )}
      </div>

      <div className="mt-8 grid gap-8">
        <TileLegend />
        {(
          [
            [messages.review.open, open],
            [messages.review.flaggedTitle, marked],
            [messages.review.answeredTitle, rest],
          ] as const
        ).map(
          ([title, group]) =>
            group.length > 0 && (
              <section key={title} className="border-t pt-5">
                <h2 className="mb-4 text-17 font-[580]">{title}</h2>
                <QuestionTiles tiles={group} address={address} />
              </section>
            ),
        )}
      </div>

      <div className="mt-10 border-t pt-6">
        <SaveLine />
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <ConfirmedSubmit
            disabled={unsaved || closed || !ready}
            sending={sending}
            open={open.length}
            onConfirm={submit}
          />
          <Link href={`${address}/questions/1`} className="button button-plain" prefetch={false}>
            {messages.review.backToQuestions}
          </Link>
        </div>
        <div role="status" className="mt-3 min-h-6 text-13">
          {failed ? (
            <p className="text-wrong">{messages.review.failed}</p>
          ) : (
            unsaved && <p className="text-quiet">{messages.review.waiting}</p>
          )}
        </div>
      </div>
    </main>
  )
}

function ConfirmedSubmit({
  disabled,
  sending,
  open,
  onConfirm,
}: {
  disabled: boolean
  sending: boolean
  open: number
  onConfirm: () => void
}) {
  const { review } = useMessages()
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>
        <button type="button" className="button button-accent" disabled={disabled || sending}>
          {sending && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
          {sending ? review.submitting : review.submit}
        </button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-(--veil) data-[state=open]:animate-appear" />
        <AlertDialog.Content className="fixed inset-x-4 top-1/2 z-50 mx-auto max-w-[28rem] -translate-y-1/2 rounded-[16px] border bg-paper p-6 shadow-float outline-none data-[state=open]:animate-appear">
          <AlertDialog.Title className="text-21 font-[620]">{review.confirmTitle}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-quiet">
            {open > 0 ? review.confirmOpen(open) : review.confirmComplete} {review.confirmFinal}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Cancel className="button button-plain">{review.back}</AlertDialog.Cancel>
            <AlertDialog.Action className="button button-accent" onClick={onConfirm}>
              {review.confirm}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function Receipt({ code, resultAddress }: { code: string; resultAddress: string }) {
  const { review } = useMessages()
  return (
    <main
      id="content"
      className="mx-auto grid min-h-[70dvh] w-full max-w-[34rem] place-content-center px-4 py-12 text-center sm:px-6"
    >
      <div className="case animate-rise px-8 py-10" role="status">
        <CircleCheck size={30} aria-hidden="true" className="mx-auto text-accent" />
        <h1 className="mt-4 text-28 font-[620]">{review.receiptTitle}</h1>
        <p className="eyebrow mt-8">{review.receipt}</p>
        <p className="mt-1 font-mono text-21 tracking-[0.06em] break-all" data-testid="receipt">
          {code}
        </p>
        <p className="mt-2 text-13 text-quiet">{review.receiptHint}</p>
        <Link href={resultAddress} className="button button-accent mt-8">
          {review.seeResult}
        </Link>
      </div>
    </main>
  )
}
