import type { Metadata } from 'next'
import { BackLink } from '@/app/components/back-link'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readStudioQuestions } from '@/lib/studio/data'
import { figureEditorDictionaries } from '../figure/messages'
import { studioDictionaries } from '../messages/dictionaries'
import { readBench } from './bench-address'
import { Workbench } from './workbench'

export async function generateMetadata(): Promise<Metadata> {
  return { title: figureEditorDictionaries[(await readPreferences()).language.interface].title }
}

/** A place to try figures out, two settings side by side; the address keeps them. */
export default async function FiguresPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/figures'>,
) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff/studio`
  const viewer = await requirePageViewer(`${address}/figures`)
  const language = (await readPreferences()).language.interface
  const messages = figureEditorDictionaries[language]
  const { title, questions } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, names, 'question.edit')
    const [title, questions] = await Promise.all([readAssignmentTitle(access), readStudioQuestions(access)])
    return { title, questions }
  })
  return (
    <main id="content" className="page max-w-[96rem]">
      <BackLink href={address}>{studioDictionaries[language].list.back}</BackLink>
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      <Workbench
        courseSlug={course}
        studio={address}
        given={readBench(await props.searchParams)}
        questions={questions
          .filter(({ archived }) => !archived)
          .map(({ questionId, slug, label, prompt, version }) => ({
            questionId,
            slug,
            label,
            prompt,
            version,
          }))}
      />
    </main>
  )
}
