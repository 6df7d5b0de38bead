import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { datesDictionaries } from '../dates/messages/dictionaries'
import { ReceiptForm } from './receipt-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: datesDictionaries[(await readPreferences()).language.interface].receipts.title }
}

/** Where staff check a receipt that a student shows them. */
export default async function ReceiptsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/receipts'>,
) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff`
  const viewer = await requirePageViewer(`${address}/receipts`)
  const texts = datesDictionaries[(await readPreferences()).language.interface]
  const { access, title } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'receipt.verify')
    return { access, title: await readAssignmentTitle(access) }
  })
  return (
    <main id="content" className="page max-w-[44rem]">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{texts.receipts.title}</h1>
      <p className="mt-3 text-quiet">{texts.receipts.lead}</p>
      <ReceiptForm assignmentId={access.assignmentId} />
    </main>
  )
}
