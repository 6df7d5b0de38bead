import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageState } from '@/app/components/page-state'
import { ReleaseLine, SubmissionLine } from '@/app/components/submission-line'
import type { Messages } from '@/app/messages/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { Problem } from '@/lib/api/problem'
import { readOwnAppeals } from '@/lib/appeals/data'
import type { ResultView } from '@/lib/attempts/view'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readResult } from '@/lib/grading/data'
import { submitOwnEnded } from '@/lib/submission/mutations'
import { ReceiptLink } from './receipt-link'
import { ResultSheet } from './result-sheet'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readPreferences()).messages.result.title }
}

export default async function ResultPage(props: PageProps<'/courses/[course]/[assignment]/result'>) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}`
  const viewer = await requirePageViewer(`${address}/result`)
  const { messages, language } = await readPreferences()
  const { attempt: asked } = await props.searchParams
  const number = /^[1-9]\d{0,3}$/.test(String(asked)) ? Number(asked) : undefined
  const opened = await openPage(async () => {
    try {
      const access = await authorizeOwnAttempt(
        viewer,
        { courseSlug: course, assignmentSlug: assignment, number },
        'attempt.result',
      )
      await submitOwnEnded(access)
      const [result, appeals] = await Promise.all([readResult(access), readOwnAppeals(access)])
      return { result, appeals }
    } catch (error) {
      if (error instanceof Problem && error.code === 'attempt-not-submitted') return null
      throw error
    }
  })
  if (!opened) redirect(`${address}/review`)
  const { result, appeals } = opened
  if (!result.score) return <Unreleased result={result} messages={messages} address={address} />
  return (
    <main id="content" className="mx-auto w-full max-w-[52rem] px-4 pt-8 pb-24 sm:px-6 lg:pt-14">
      <ResultSheet
        result={result}
        score={result.score}
        messages={messages}
        language={language}
        appeals={appeals}
      />
    </main>
  )
}

function Unreleased({
  result: { attempt, releasedAt },
  messages,
  address,
}: {
  result: ResultView
  messages: Messages
  address: string
}) {
  return (
    <PageState title={messages.result.title} action={{ label: attempt.assignment.title.en, href: address }}>
      <p>
        <ReleaseLine releasedAt={releasedAt} />
      </p>
      {attempt.submittedAt && (
        <p className="mt-4 text-13">
          <SubmissionLine submittedAt={attempt.submittedAt} receipt={attempt.receipt} />
          <ReceiptLink attempt={attempt} messages={messages} />
        </p>
      )}
    </PageState>
  )
}
