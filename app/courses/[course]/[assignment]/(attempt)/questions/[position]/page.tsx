import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeFigure, authorizeFigureRequests } from '@/lib/auth/gate'
import { readFigure, readFigureStates } from '@/lib/figures/data'
import { openAttempt } from '../../open-attempt'
import { QuestionView } from '../../question-view'

type Props = PageProps<'/courses/[course]/[assignment]/questions/[position]'>

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [{ position }, { messages }] = await Promise.all([props.params, readPreferences()])
  return { title: messages.question.title(position) }
}

/** The question's figure comes with the page; everything else is in the layout, which knows the whole attempt. */
export default async function QuestionPage(props: Props) {
  const { course, assignment, position } = await props.params
  const opened = await openAttempt(course, assignment)
  if (!opened) redirect(`/courses/${course}/${assignment}`)
  const { viewer, attempt } = opened
  const question = attempt.questions.find((candidate) => String(candidate.position) === position)
  if (!question) notFound()
  const figure = await openPage(async () => {
    if (!question.figureRequestId) return null
    const [requestId] = await authorizeFigureRequests(viewer, [question.figureRequestId])
    const state = (await readFigureStates([requestId!])).get(requestId!) ?? null
    if (state?.status !== 'ready') return { state }
    return { state, view: await readFigure(await authorizeFigure(viewer, state.figureId)) }
  })
  return <QuestionView position={Number(position)} figure={figure} />
}
