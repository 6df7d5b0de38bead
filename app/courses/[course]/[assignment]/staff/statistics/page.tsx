import type { Metadata } from 'next'
import { z } from 'zod'
import { BilingualText } from '@/app/components/bilingual-text'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { findMisKeys } from '@/lib/item-analysis/mis-keys'
import { readSectionNames } from '@/lib/sections/data'
import { sectionChoiceSchema } from '@/lib/sections/schema'
import { readEvidenceBriefs } from '@/lib/verification/data'
import { StatisticsView } from './statistics-view'

// An address that asks for anything else is shown the first attempts, as one that asks for nothing.
const attemptsSchema = z.enum(['first', 'latest']).catch('first')

export async function generateMetadata(): Promise<Metadata> {
  return { title: deskDictionaries[(await readPreferences()).language.interface].statistics.title }
}

export default async function StatisticsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/statistics'>,
) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff/statistics`
  const viewer = await requirePageViewer(address)
  const { language } = await readPreferences()
  const query = await props.searchParams
  const attempts = attemptsSchema.parse(query.attempts)
  const section = sectionChoiceSchema.catch(undefined).parse(query.section)
  const { view, title, sections, misKeys } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'assignment.statistics')
    const [view, title, sections, briefs] = await Promise.all([
      readItemAnalysis(access, attempts, section),
      readAssignmentTitle(access),
      readSectionNames(access),
      authorizeAssignment(viewer, where, 'evidence.read').then(readEvidenceBriefs),
    ])
    return { title, view, sections, misKeys: findMisKeys(briefs, view) }
  })
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">
        {deskDictionaries[language.interface].statistics.title}
      </h1>
      <StatisticsView
        view={view}
        misKeys={misKeys}
        sections={sections}
        address={`/courses/${course}/${assignment}/staff`}
        fileName={assignment}
      />
    </main>
  )
}
