import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { BackLink } from '@/app/components/back-link'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment, authorizeRegrade } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readRegrade } from '@/lib/regrading/data'
import { readRegradableParts } from '@/lib/regrading/drafting/data'
import { writtenChange } from '../../change-state'
import { regradeDictionaries } from '../../messages/dictionaries'
import { RegradeForm } from '../../regrade-form'
import { regradeNumber } from '../regrade-number'

export async function generateMetadata(): Promise<Metadata> {
  return { title: regradeDictionaries[(await readPreferences()).language.interface].actions.edit }
}

/** A draft is written anew. */
export default async function EditRegradePage(
  props: PageProps<'/courses/[course]/[assignment]/staff/regrades/[number]/edit'>,
) {
  const { course, assignment, number: given } = await props.params
  const number = regradeNumber(given)
  const page = `/courses/${course}/${assignment}/staff/regrades`
  const viewer = await requirePageViewer(`${page}/${number}/edit`)
  const messages = regradeDictionaries[(await readPreferences()).language.interface]
  const { regrade, parts } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'regrade.draft')
    const own = await authorizeRegrade(viewer, { ...where, number }, 'regrade.draft')
    const [regrade, parts] = await Promise.all([readRegrade(own), readRegradableParts(access)])
    return { regrade, parts }
  })
  const written = regrade.changes.flatMap((change) => writtenChange(parts, change) ?? [])
  if (regrade.status !== 'draft' || written.length === 0) redirect(`${page}/${number}`)
  return (
    <main id="content" className="page max-w-[52rem]">
      <BackLink href={`${page}/${number}`}>{messages.number(number)}</BackLink>
      <h1 className="mt-1 mb-6 text-28 font-[620] tracking-[-0.01em]">{messages.form.editTitle(number)}</h1>
      <RegradeForm
        address={`/api/regrades/${regrade.regradeId}/draft`}
        page={page}
        method="PUT"
        parts={parts}
        given={written}
        reason={regrade.reason}
      />
    </main>
  )
}
