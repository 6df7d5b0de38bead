'use client'

import type { ReactNode } from 'react'
import type { ExplorationMaterial } from '@/lib/explorations/view'
import { FailureNote } from './failure-note'
import { useMaterial } from './use-material'

export interface RoomProps<State> {
  /** Where to begin; what is not said is as usual. */
  readonly initial?: Partial<State>
  /** Asked of the server where it is not given. */
  readonly material?: ExplorationMaterial
  /** Models to choose from; none: the usual one stays. */
  readonly models?: readonly string[]
  /** Hears of every new state: a page keeps it in its address. */
  readonly onState?: (state: State) => void
  /** It stands inside another page: a link leads to the same view on its own page. */
  readonly embedded?: boolean
}

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
