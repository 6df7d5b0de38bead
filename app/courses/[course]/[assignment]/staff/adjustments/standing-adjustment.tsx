'use client'

import { Moment } from '@/app/components/local-time'
import type { AdjustmentView } from '@/lib/adjustments/view'
import { formatPoints } from '@/lib/scoring/points'
import type { ScoredPart } from './adjustment-state'
import { useAdjustmentMessages } from './messages'

/** What was decided by hand about a part, by whom, and why. */
export function StandingAdjustment({ standing, score }: { standing: AdjustmentView; score: ScoredPart }) {
  const words = useAdjustmentMessages()
  return (
    <div className="mt-2 border-l-2 border-warn pl-3 text-13">
      <p>
        <span className="numbers font-[560]">
          {standing.adjustment
            ? words.adjusted(formatPoints(score.automatic, 2), formatPoints(score.points, 2))
            : words.commented}
        </span>{' '}
        <span className="text-quiet">
          · {words.by(standing.by)} · <Moment iso={standing.at} />
        </span>
      </p>
      <dl className="grid gap-x-3 sm:grid-cols-[auto_1fr]">
        {standing.comment && (
          <>
            <dt className="text-quiet">{words.comment}</dt>
            <dd className="break-words whitespace-pre-line">{standing.comment}</dd>
          </>
        )}
        {standing.reason && (
          <>
            <dt className="text-quiet">{words.reason}</dt>
            <dd className="break-words whitespace-pre-line">{standing.reason}</dd>
          </>
        )}
      </dl>
    </div>
  )
}
