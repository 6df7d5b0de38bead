import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { Scrolling } from '@/app/components/scrolling'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import type { DeskMessages } from '@/app/messages/staff-desk/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment, authorizeQuestion } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readStaffOverview } from '@/lib/courses/data'
import type { StaffOverview, StudentLine } from '@/lib/courses/view'
import { readQuestionForStaff } from '@/lib/questions/data'
import { renderContent, renderKey } from '@/lib/questions/rendered-content'
import { formatPoints } from '@/lib/scoring/points'
import { AnswerFileImport } from './answer-file-import'
import { datesDictionaries } from './dates/messages/dictionaries'
import { StaffQuestion } from './staff-question'

export async function generateMetadata(): Promise<Metadata> {
  return { title: deskDictionaries[(await readPreferences()).language.interface].overview.title }
}

export default async function StaffPage(props: PageProps<'/courses/[course]/[assignment]/staff'>) {
  const { course, assignment } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/${assignment}/staff`)
  const { language } = await readPreferences()
  const desk = deskDictionaries[language.interface]
  const dates = datesDictionaries[language.interface]
  const address = `/courses/${course}/${assignment}/staff`
  const { overview, questions, role } = await openPage(async () => {
    const access = await authorizeAssignment(
      viewer,
      { courseSlug: course, assignmentSlug: assignment },
      'assignment.overview',
    )
    const overview = await readStaffOverview(access)
    const questions = await Promise.all(
      overview.questions.map(async ({ questionId }) => {
        const question = await authorizeQuestion(viewer, { questionId }, 'question.read-key')
        return readQuestionForStaff(question.questionId)
      }),
    )
    return { overview, questions: questions.filter((question) => question !== null), role: access.role }
  })
  const figures = new Map(overview.questions.map((question) => [question.questionId, question.figure]))
  return (
    <main id="content" className="page">
      <p className="eyebrow">{desk.overview.title}</p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">
        <BilingualText text={overview.assignment.title} second="mt-0.5 text-17 font-normal text-quiet" />
      </h1>
      <Summary overview={overview} desk={desk} />

      <section className="mt-12" aria-labelledby="students">
        <h2 id="students" className="text-21 font-[580]">
          {desk.overview.students}
        </h2>
        {overview.students.length === 0 ? (
          <p className="case mt-4 px-6 py-10 text-center text-quiet">{desk.overview.noStudents}</p>
        ) : (
          <Students overview={overview} desk={desk} address={address} seeAs={dates.seeAs} />
        )}
      </section>

      {mayRole(role, 'answer-file.import') && (
        <AnswerFileImport assignmentId={overview.assignment.assignmentId} />
      )}

      <section className="mt-14" aria-labelledby="questions">
        <h2 id="questions" className="text-21 font-[580]">
          {desk.overview.questions}
        </h2>
        <div className="mt-4 border-t">
          {questions.map((question) => (
            <StaffQuestion
              key={question.questionId}
              content={renderContent(question.content)}
              answerKey={renderKey(question.key)}
              figure={figures.get(question.questionId) ?? null}
              trust={
                question.trustRequestId === null
                  ? null
                  : {
                      requestId: question.trustRequestId,
                      pointing: `/api/questions/${question.questionId}/pointing-games`,
                    }
              }
            />
          ))}
        </div>
      </section>
    </main>
  )
}

function Summary({ overview, desk }: { overview: StaffOverview; desk: DeskMessages }) {
  const count = (state: StudentLine['state']) =>
    overview.students.filter((student) => student.state === state).length
  const withFigure = overview.questions.filter((question) => question.figure !== null)
  const ready = withFigure.filter((question) => question.figure?.status === 'ready').length
  const numbers = [
    [desk.overview.notStarted, String(count('not-started'))],
    [desk.overview.working, String(count('working'))],
    [desk.overview.done, String(count('submitted'))],
    [desk.overview.figures, `${ready} / ${withFigure.length}`],
  ] as const
  return (
    <dl className="case mt-6 grid grid-cols-2 gap-y-5 px-6 py-5 sm:grid-cols-4">
      {numbers.map(([label, value]) => (
        <div key={label}>
          <dt className="text-13 text-quiet">{label}</dt>
          <dd className="mt-0.5 text-28 font-[560]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Students({
  overview,
  desk,
  address,
  seeAs,
}: {
  overview: StaffOverview
  desk: DeskMessages
  address: string
  seeAs: string
}) {
  const states = {
    'not-started': desk.overview.notStarted,
    working: desk.overview.working,
    submitted: desk.overview.done,
  }
  const header = 'px-3 py-2 text-left text-13 font-[540] whitespace-nowrap text-quiet first:pl-0'
  const cell = 'px-3 py-2.5 first:pl-0'
  return (
    <Scrolling label={desk.overview.students} className="mt-3">
      <table className="w-full min-w-[36rem]">
        <thead>
          <tr className="border-b">
            <th scope="col" className={header}>
              {desk.overview.name}
            </th>
            <th scope="col" className={header}>
              {desk.overview.state}
            </th>
            <th scope="col" className={`${header} text-right`}>
              {desk.overview.answered}
            </th>
            <th scope="col" className={`${header} text-right`}>
              {desk.overview.score}
            </th>
            <th scope="col" className={header}>
              {desk.overview.submitted}
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.students.map((student) => (
            <tr key={student.userId} className="border-b">
              <th scope="row" className={`${cell} text-left font-[520]`}>
                {student.name}
                <span className="block text-13 font-normal text-quiet max-sm:max-w-44 max-sm:break-all">
                  {student.email}
                </span>
                <Link
                  href={`${address}/preview?student=${student.userId}`}
                  className="link inline-flex min-h-6 items-center text-13 font-normal"
                  prefetch={false}
                >
                  {seeAs}
                </Link>
              </th>
              <td className={`${cell} whitespace-nowrap`}>{states[student.state]}</td>
              <td className={`${cell} numbers text-right whitespace-nowrap`}>
                {student.answeredParts} <span className="text-quiet">/ {student.parts}</span>
              </td>
              <td className={`${cell} numbers text-right whitespace-nowrap`}>
                {student.score ? (
                  <>
                    {formatPoints(student.score.points, 2)}{' '}
                    <span className="text-quiet">/ {formatPoints(student.score.maximum)}</span>
                  </>
                ) : (
                  <span className="text-quiet">–</span>
                )}
              </td>
              <td className={`${cell} text-13 whitespace-nowrap`}>
                {student.submittedAt ? (
                  <Moment iso={student.submittedAt} />
                ) : (
                  <span className="text-quiet">–</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
