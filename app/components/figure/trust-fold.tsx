'use client'

import { useState } from 'react'
import { useOnDemand } from '@/app/components/on-demand'
import { useMessages } from '@/app/components/preferences'

/** Where the tests of a figure's maps are asked for. */
export interface TrustPlace {
  readonly requestId: string
  /** Address of the pointing game, which names objects; null: not for this reader, or not yet. */
  readonly pointing: string | null
}

const loadTrustTests = () => import('./trust-tests').then((module) => module.TrustTests)

/** "How far can you trust this map?": tests that are computed when somebody first opens it. */
export function TrustFold(place: TrustPlace) {
  const { figure } = useMessages()
  const [open, setOpen] = useState(false)
  const TrustTests = useOnDemand(loadTrustTests, open)
  return (
    <details className="border-t" data-testid="trust" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-11 cursor-pointer px-5 py-3 text-13 font-[560] hover:bg-sunk">
        {figure.trust}
      </summary>
      {open && TrustTests && <TrustTests {...place} />}
    </details>
  )
}
