'use client'

import type { TimeView } from '@/lib/timing/view'
import { useMomentFormat } from './local-time'
import { useMessages } from './preferences'

/** That an attempt which the server had submitted takes answers again, and until when. */
export function ReopenedLine({ time }: { time: TimeView }) {
  const messages = useMessages()
  const moment = useMomentFormat()
  const end = time.boundaries.find(({ kind }) => kind === 'closes' || kind === 'time-limit')
  return messages.time.reopened(end ? moment(end.at) : null)
}
