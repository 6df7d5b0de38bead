import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readScoreboard } from '@/lib/scoreboard/data'
import { sectionChoiceSchema } from '@/lib/sections/schema'
import { ScoreboardView } from './scoreboard-view'

export async function generateMetadata(): Promise<Metadata> {
  return { title: deskDictionaries[(await readPreferences()).language.interface].scores.title }
}

export default async function ScoresPage(props: PageProps<'/courses/[course]/[assignment]/staff/scores'>) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff`
  const viewer = await requirePageViewer(`${address}/scores`)
  const { language } = await readPreferences()
  // An address that asks for something else shows everybody.
  const section = sectionChoiceSchema.catch(undefined).parse((await props.searchParams).section)
  const { access, board, title } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'assignment.overview')
    const [board, title] = await Promise.all([readScoreboard(access, section), readAssignmentTitle(access)])
    return { access, board, title }
  })
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">
        {deskDictionaries[language.interface].scores.title}
      </h1>
      <ScoreboardView
        initial={board}
        // What is shown belongs to the section: another one begins anew.
        key={section ?? ''}
        assignmentId={access.assignmentId}
        section={section ?? null}
        address={address}
        fileName={assignment}
      />
    </main>
  )
}
