import type { ReactNode } from 'react'
import { authorizeSite } from '@/lib/auth/gate'
import { admit, pageViewer } from '@/lib/auth/page-viewer'
import { readJobs } from '@/lib/operations/jobs/data'
import { OperatorNavigation } from './operator-navigation'

/** The operator's pages; whoever may not be here gets the page's own answer, without the way to others. */
export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const viewer = await pageViewer()
  const admission =
    viewer &&
    (await admit(async () => readJobs(await authorizeSite(viewer, 'operations.read'), { state: 'failed' })))
  if (!admission?.admitted) return children
  const { counts } = admission.value
  return (
    <>
      <OperatorNavigation needingLook={counts['set-aside'] + counts.failed} />
      {children}
    </>
  )
}
