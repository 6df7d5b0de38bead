import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { evidenceMessages } from '@/app/messages/staff-desk/evidence'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readEvidenceOverview } from '@/lib/verification/data'
import { EvidenceList } from './evidence-list'

export async function generateMetadata(): Promise<Metadata> {
  return { title: evidenceMessages[(await readPreferences()).language.interface].title }
}

export default async function EvidencePage(
  props: PageProps<'/courses/[course]/[assignment]/staff/evidence'>,
) {
  const { course, assignment } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/${assignment}/staff/evidence`)
  const { language } = await readPreferences()
  const evidence = evidenceMessages[language.interface]
  const { overview, mayCheck } = await openPage(async () => {
    const access = await authorizeAssignment(
      viewer,
      { courseSlug: course, assignmentSlug: assignment },
      'evidence.read',
    )
    return {
      overview: await readEvidenceOverview(access),
      mayCheck: mayRole(access.role, 'evidence.check'),
    }
  })
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={overview.assignment.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{evidence.title}</h1>
      <p className="mt-4 max-w-[68ch]">{evidence.lead}</p>
      <p className="mt-2 max-w-[68ch] text-13 text-quiet">{evidence.chosen}</p>
      <EvidenceList overview={overview} mayCheck={mayCheck} />
    </main>
  )
}
