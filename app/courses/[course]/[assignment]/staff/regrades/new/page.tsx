import type { Metadata } from 'next'
import { BackLink } from '@/app/components/back-link'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readRegradableParts } from '@/lib/regrading/drafting/data'
import { freshChange } from '../change-state'
import { regradeDictionaries } from '../messages/dictionaries'
import { RegradeForm } from '../regrade-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: regradeDictionaries[(await readPreferences()).language.interface].form.title }
}

/** A draft is begun, of the part that the address names, else of the first. */
export default async function NewRegradePage(
  props: PageProps<'/courses/[course]/[assignment]/staff/regrades/new'>,
) {
  const { course, assignment } = await props.params
  const { part } = await props.searchParams
  const page = `/courses/${course}/${assignment}/staff/regrades`
  const viewer = await requirePageViewer(`${page}/new`)
  const messages = regradeDictionaries[(await readPreferences()).language.interface]
  const { access, parts } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'regrade.draft')
    return { access, parts: await readRegradableParts(access) }
  })
  const wanted = Math.max(
    0,
    parts.findIndex(({ partId }) => partId === part),
  )
  return (
    <main id="content" className="page max-w-[52rem]">
      <BackLink href={page}>{messages.back}</BackLink>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.form.title}</h1>
      <p className="mt-2 mb-6 max-w-[68ch] text-quiet">{messages.lead}</p>
      {parts.length > 0 && (
        <RegradeForm
          address={`/api/assignments/${access.assignmentId}/regrades`}
          page={page}
          method="POST"
          parts={parts}
          given={[freshChange(parts, wanted)]}
          reason={{ zh: '', en: '' }}
        />
      )}
    </main>
  )
}
