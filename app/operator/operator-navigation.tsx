'use client'

import { PageRow } from '@/app/components/page-row'
import { useOperatorMessages } from './use-operator-messages'

/** @param needingLook jobs that were set aside or failed */
export function OperatorNavigation({ needingLook }: { needingLook: number }) {
  const words = useOperatorMessages()
  return (
    <PageRow
      label={words.navigation}
      pages={[
        { href: '/operator', label: words.overview },
        {
          href: '/operator/queue',
          label: words.queue,
          ...(needingLook > 0 && { waiting: { count: needingLook, name: words.needsLook(needingLook) } }),
        },
      ]}
    />
  )
}
