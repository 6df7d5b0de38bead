'use client'

import { useDeskMessages } from './use-desk-messages'

/** Beside the name of somebody who is not real. */
export function SimulatedMark() {
  return (
    <span className="ml-2 inline-block rounded-small border border-warn/50 bg-warn-soft px-1.5 align-[1px] text-[0.75rem] leading-5 font-[540] text-warn">
      {useDeskMessages().simulated}
    </span>
  )
}
