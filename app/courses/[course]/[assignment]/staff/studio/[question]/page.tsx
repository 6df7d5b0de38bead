import type { Metadata } from 'next'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment, authorizeCourse, authorizeQuestion } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readProvenance } from '@/lib/bank/data'
import { readAssignment } from '@/lib/courses/data'
import { readLatestQuestions } from '@/lib/questions/data'
import { readEditedQuestion, readStudioQuestions } from '@/lib/studio/data'
import { readMeasurablePictures } from '@/lib/studio/service'
import { studioDictionaries } from '../messages/dictionaries'
import { QuestionEditor } from './question-editor'

export async function generateMetadata(): Promise<Metadata> {
  return { title: studioDictionaries[(await readPreferences()).language.interface].title }
}

/** One question is written: its texts, key, evidence and figure, beside how a student sees it. */
export default async function QuestionStudioPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/[question]'>,
) {
  const { course, assignment, question: slug } = await props.params
  const address = `/courses/${course}/${assignment}/staff/studio`
  const viewer = await requirePageViewer(`${address}/${slug}`)
  const { view, question, lines, pictures, mayEdit, origin } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const [access, listing] = await Promise.all([
      authorizeQuestion(viewer, { ...names, questionSlug: slug }, 'question.read-key'),
      authorizeAssignment(viewer, names, 'question.read-key'),
    ])
    const { courseId } = await authorizeCourse(viewer, course, 'picture.read')
    const [question, lines, shown, pictures, origin] = await Promise.all([
      readEditedQuestion(access),
      readStudioQuestions(listing),
      readLatestQuestions(listing.assignmentId),
      readMeasurablePictures(courseId),
      readProvenance(access),
    ])
    const { view } = await readAssignment(listing, shown)
    return { view, question, lines, pictures, mayEdit: mayRole(access.role, 'question.edit'), origin }
  })
  return (
    <QuestionEditor
      key={question.questionId}
      address={address}
      assignment={view}
      userId={viewer.userId}
      mayEdit={mayEdit}
      question={question}
      pictures={pictures}
      origin={origin}
      attempts={lines.find(({ questionId }) => questionId === question.questionId)?.attempts ?? 0}
      neighbours={lines
        .filter(({ archived }) => !archived)
        .map(({ questionId, slug: name, label, prompt, version, draft }) => ({
          questionId,
          slug: name,
          label,
          prompt,
          isDraft: draft !== null || version === null,
        }))}
    />
  )
}
