import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeSwap } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readSwap } from '@/lib/model-swaps/data'
import { swapDictionaries } from '../messages'
import { SwapComparison } from './swap-comparison'

export async function generateMetadata(): Promise<Metadata> {
  return { title: swapDictionaries[(await readPreferences()).language.interface].title }
}

/** What a swap changes, part by part; from here it is applied or discarded. */
export default async function SwapPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/models/[swap]'>,
) {
  const { course, assignment, swap } = await props.params
  const address = `/courses/${course}/${assignment}/staff/studio`
  const viewer = await requirePageViewer(`${address}/models/${swap}`)
  if (!/^\d{1,9}$/.test(swap)) notFound()
  const { view, mayEdit } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment, number: Number(swap) }
    const access = await authorizeSwap(viewer, names, 'question.read-key')
    return { view: await readSwap(access), mayEdit: mayRole(access.role, 'question.edit') }
  })
  return (
    <main id="content" className="page max-w-[80rem]">
      <SwapComparison studio={address} given={view} mayEdit={mayEdit} />
    </main>
  )
}
