import type { Metadata } from 'next'
import { BackLink } from '@/app/components/back-link'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readPools } from '@/lib/pools/data'
import { readStudioPools, readStudioQuestions } from '@/lib/studio/data'
import { studioDictionaries } from '../messages/dictionaries'
import { poolDictionaries } from './messages'
import { PoolsForm } from './pools-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: poolDictionaries[(await readPreferences()).language.interface].title }
}

/** Which questions each attempt draws. */
export default async function PoolsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/pools'>,
) {
  const { course, assignment } = await props.params
  const studio = `/courses/${course}/${assignment}/staff/studio`
  const viewer = await requirePageViewer(`${studio}/pools`)
  const language = (await readPreferences()).language.interface
  const messages = poolDictionaries[language]
  const { assignmentId, userId, title, questions, stored, started } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, names, 'question.edit')
    const [title, questions, stored, { started }] = await Promise.all([
      readAssignmentTitle(access),
      readStudioQuestions(access),
      readPools(access),
      readStudioPools(access),
    ])
    const {
      assignmentId,
      viewer: { userId },
    } = access
    return { assignmentId, userId, title, questions, stored, started }
  })
  return (
    <main id="content" className="page">
      <BackLink href={studio}>{studioDictionaries[language].list.back}</BackLink>
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      <PoolsForm
        assignmentId={assignmentId}
        userId={userId}
        stored={stored}
        started={started}
        questions={questions.filter(({ archived }) => !archived)}
      />
    </main>
  )
}
