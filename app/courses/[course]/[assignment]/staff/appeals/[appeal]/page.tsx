import type { Metadata } from 'next'
import Link from 'next/link'
import { BackLink } from '@/app/components/back-link'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { readAppeal } from '@/lib/appeals/data'
import type { AppealDetail } from '@/lib/appeals/view'
import { authorizeAppeal } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { Thread } from '../../../result/appeals/thread'
import { ExhibitProvider } from '../../../result/feedback/exhibit'
import { PartFeedbackView } from '../../../result/feedback/part-feedback'
import { FigureDisclosure } from '../../../result/figure-disclosure'
import { PartWorkView } from '../../students/[student]/part-work'
import { appealDictionaries } from '../messages/dictionaries'
import type { AppealMessages } from '../messages/messages'
import { AppealDesk } from './appeal-desk'

export async function generateMetadata(): Promise<Metadata> {
  return { title: appealDictionaries[(await readPreferences()).language.interface].title }
}

/** One question about a score: what it is about on one side, what is said about it on the other. */
export default async function AppealPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/appeals/[appeal]'>,
) {
  const { course, assignment, appeal: appealId } = await props.params
  const staff = `/courses/${course}/${assignment}/staff`
  const viewer = await requirePageViewer(`${staff}/appeals/${appealId}`)
  const { language, messages: common } = await readPreferences()
  const messages = appealDictionaries[language.interface]
  const appeal = await openPage(async () => {
    const where = { appealId, courseSlug: course, assignmentSlug: assignment }
    return readAppeal(await authorizeAppeal(viewer, where, 'appeal.answer'))
  })
  const { student, label, partId, work } = appeal
  const asked = work.parts[0]!
  return (
    <main id="content" className="page">
      <BackLink href={`${staff}/appeals`}>{messages.back}</BackLink>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em] break-words">
        {messages.about(label, student.name)}
      </h1>
      <p className="mt-1 flex flex-wrap gap-x-4 text-13 text-quiet">
        <span className="break-all">{student.email}</span>
        <span>{messages.attempt(appeal.attemptNumber)}</span>
        <Link href={`${staff}/students/${student.userId}?attempt=${appeal.attemptNumber}`} className="link">
          {messages.whole}
        </Link>
      </p>
      <div className="mt-7 grid gap-10 lg:grid-cols-[minmax(0,58fr)_minmax(0,42fr)]">
        <section className="min-w-0" aria-labelledby="subject">
          <ExhibitProvider>
            <h2 id="subject" className="eyebrow">
              {messages.subject}
            </h2>
            <h3 className="sr-only">{common.question.title(label)}</h3>
            <BilingualText text={work.content.prompt} className="mt-1 text-17" second="hidden" />
            <div className="mt-4">
              <PartWorkView work={asked} version={work.version} />
            </div>
            {work.figureRequestId && (
              <FigureDisclosure requestId={work.figureRequestId} pictures={work.figurePictures} open />
            )}
            {appeal.feedback && (
              <PartFeedbackView
                partId={partId}
                feedback={appeal.feedback}
                hasFigure={work.figureRequestId !== null}
              />
            )}
            {asked.key && (
              <div className="mt-4 border-l-2 border-accent pl-4">
                <BilingualText text={asked.key.explanation} second="hidden" />
              </div>
            )}
          </ExhibitProvider>
        </section>
        <div className="min-w-0">
          <Said appeal={appeal} messages={messages} />
          <AppealDesk
            appealId={appealId}
            state={appeal.state}
            holder={appeal.holder}
            score={asked.score}
            standing={asked.adjustment}
          />
          {appeal.alsoWaiting > 0 && (
            <p className="mt-8 rounded-card border border-warn/40 bg-warn-soft px-4 py-3">
              {messages.alsoWaiting(appeal.alsoWaiting)}{' '}
              <Link href={`${staff}/appeals?part=${encodeURIComponent(partId)}`} className="link">
                {messages.see}
              </Link>{' '}
              ·{' '}
              <Link href={`${staff}/regrades/new?part=${encodeURIComponent(partId)}`} className="link">
                {messages.regrade(label)}
              </Link>
            </p>
          )}
        </div>
      </div>
    </main>
  )
}

function Said({ appeal, messages }: { appeal: AppealDetail; messages: AppealMessages }) {
  const { student, earlier } = appeal
  return (
    <>
      {earlier.length > 0 && (
        <details className="mb-6">
          <summary className="tool -ml-2">{messages.earlier}</summary>
          <div className="mt-2 grid gap-5">
            {earlier.map((one) => (
              <div key={one.appealId}>
                <p className="mb-1 text-13 text-quiet">{messages.states[one.state]}</p>
                <Thread messages={one.messages} names={{ student: student.name, staff: messages.staff }} />
              </div>
            ))}
          </div>
        </details>
      )}
      <section aria-labelledby="thread">
        <h2 id="thread" className="eyebrow">
          {messages.thread}
        </h2>
        <p className="mt-1 mb-2 text-13 font-[560] text-quiet">{messages.states[appeal.state]}</p>
        <Thread
          messages={appeal.messages}
          names={{ student: student.name, staff: appeal.answeredBy ?? messages.staff }}
        />
      </section>
    </>
  )
}
