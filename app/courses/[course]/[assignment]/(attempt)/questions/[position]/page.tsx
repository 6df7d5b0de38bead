import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { readAttempt } from '@/lib/attempts/data'
import { authorizeFigure, authorizeFigureRequests, authorizeOwnAttempt } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readFigure, readFigureStates } from '@/lib/figures/data'
import { QuestionView } from '../../question-view'

type Props = PageProps<'/courses/[course]/[assignment]/questions/[position]'>

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [{ position }, { messages }] = await Promise.all([props.params, readPreferences()])
  return { title: messages.question.title(position) }
}

/** The question's figure comes with the page; everything else is in the layout, which knows the whole attempt. */
export default async function QuestionPage(props: Props) {
  const { course, assignment, position } = await props.params
  const address = `/courses/${course}/${assignment}`
  const viewer = await requirePageViewer(`${address}/questions/${position}`)
  const figure = await openPage(async () => {
    const access = await authorizeOwnAttempt(
      viewer,
      { courseSlug: course, assignmentSlug: assignment },
      'attempt.read',
    )
    const { questions } = await readAttempt(access)
    const question = questions.find((candidate) => String(candidate.position) === position)
    if (!question) notFound()
    if (!question.figureRequestId) return null
    const [requestId] = await authorizeFigureRequests(viewer, [question.figureRequestId])
    const state = (await readFigureStates([requestId!])).get(requestId!) ?? null
    if (state?.status !== 'ready') return { state }
    return { state, view: await readFigure(await authorizeFigure(viewer, state.figureId)) }
  })
  return <QuestionView position={Number(position)} figure={figure} />
}
