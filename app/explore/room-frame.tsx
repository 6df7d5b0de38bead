'use client'

import type { ReactNode } from 'react'
import type { ExplorationMaterial } from '@/lib/explorations/view'
import { FailureNote } from './failure-note'
import { useMaterial } from './use-material'

/** Shows a room once the passages and sentences that it begins with are there. */
export function RoomFrame({
  material: given,
  children,
}: {
  material: ExplorationMaterial | undefined
  children: (material: ExplorationMaterial) => ReactNode
}) {
  const { material, failed, retry } = useMaterial(given)
  if (material) return children(material)
  if (failed)
    return (
      <FailureNote
        failure={{ code: 'network', message: null, command: null, waitSeconds: null }}
        onRetry={retry}
      />
    )
  return <div aria-hidden="true" className="skeleton h-[40rem]" />
}
