import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readStudioPools, readStudioQuestions } from '@/lib/studio/data'
import { figureEditorDictionaries } from './figure/messages'
import { studioDictionaries } from './messages/dictionaries'
import { swapDictionaries } from './models/messages'
import { poolDictionaries } from './pools/messages'
import { QuestionList } from './question-list'
import { ReadOnlyQuestions } from './read-only-questions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: studioDictionaries[(await readPreferences()).language.interface].title }
}

/** The assignment's questions, to be written, put in order, copied and archived. */
export default async function StudioPage(props: PageProps<'/courses/[course]/[assignment]/staff/studio'>) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff/studio`
  const viewer = await requirePageViewer(address)
  const language = (await readPreferences()).language.interface
  const messages = studioDictionaries[language]
  const { access, title, questions, editing } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, names, 'question.read-key')
    const [title, questions] = await Promise.all([readAssignmentTitle(access), readStudioQuestions(access)])
    const editing = mayRole(access.role, 'question.edit')
      ? await readStudioPools(await authorizeAssignment(viewer, names, 'question.edit'))
      : null
    return { access, title, questions, editing }
  })
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
        {editing && (
          <>
            <Link href={`${address}/figures`} className="link">
              {figureEditorDictionaries[language].title}
            </Link>
            <Link href={`${address}/pools`} className="link">
              {poolDictionaries[language].title}
            </Link>
          </>
        )}
        <Link href={`${address}/models`} className="link">
          {swapDictionaries[language].title}
        </Link>
        <Link href={`/courses/${course}/staff/bank`} className="link">
          {messages.bank}
        </Link>
      </p>
      {editing ? (
        <QuestionList
          address={address}
          assignmentId={access.assignmentId}
          questions={questions}
          pools={editing.pools}
        />
      ) : (
        <ReadOnlyQuestions address={address} questions={questions} />
      )}
    </main>
  )
}
