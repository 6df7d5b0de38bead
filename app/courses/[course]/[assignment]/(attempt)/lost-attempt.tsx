'use client'

import { useEffect, useState } from 'react'
import { useOnDemand } from '@/app/components/on-demand'
import type { KeptAttempt } from '@/app/offline/kept-attempts'
import { useAttempt } from './attempt-provider'

const loadOffer = () => import('./lost-attempt-offer').then((module) => module.LostAttemptOffer)

/** Looks on this device for answers of an attempt that the server has lost and this one replaces. Mostly there are none. */
export function LostAttempt() {
  const { known } = useAttempt()
  const [lost, setLost] = useState<KeptAttempt | null>(null)
  useEffect(() => {
    if (!known) return
    let current = true
    import('@/app/offline/kept-attempts')
      .then(({ findLostAttempt }) => findLostAttempt(known))
      .then(
        (found) => current && setLost(found),
        () => {}, // a browser that keeps nothing has nothing to offer
      )
    return () => {
      current = false
    }
  }, [known])
  const Offer = useOnDemand(loadOffer, lost !== null)
  if (!lost || !Offer) return null
  return <Offer lost={lost} onDone={() => setLost(null)} />
}
