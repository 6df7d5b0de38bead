'use client'

import { Field, NumberField, SelectField } from '@/app/components/field'
import { formatPoints } from '@/lib/scoring/points'
import { type AdjustmentState, type ScoredPart, willCount } from './adjustment-state'
import { useAdjustmentMessages } from './messages'

/** How many points, why, and what the student is told. */
export function AdjustmentFields({
  state,
  score,
  onChange,
  issueOf,
  kinds,
  withComment,
}: {
  state: AdjustmentState
  score: ScoredPart
  onChange: (next: AdjustmentState) => void
  /** By field, why the server refused it. */
  issueOf: (field: 'adjustment.points' | 'comment' | 'reason') => string | null
  /** What may be chosen. */
  kinds: readonly AdjustmentState['kind'][]
  /** false where something else tells the student. */
  withComment: boolean
}) {
  const words = useAdjustmentMessages()
  const change = (part: Partial<AdjustmentState>) => onChange({ ...state, ...part })
  const counts = willCount(state, score)
  const outOf = formatPoints(score.maximum)
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={words.how}
          hint={words.range(formatPoints(score.automatic), outOf)}
          value={state.kind}
          options={kinds.map((kind) => [kind, words.kinds[kind]] as const)}
          onChange={(kind) => change({ kind })}
        />
        {state.kind !== 'none' && (
          <NumberField
            label={state.kind === 'set' ? words.pointsTo : words.pointsBy}
            {...(counts !== null && { hint: words.counts(formatPoints(counts, 2), outOf) })}
            error={issueOf('adjustment.points')}
            value={state.points}
            min={state.kind === 'set' ? 0 : -score.automatic / 1000}
            max={(state.kind === 'set' ? score.maximum : score.maximum - score.automatic) / 1000}
            step={0.05}
            onChange={(points) => change({ points })}
          />
        )}
      </div>
      {withComment && (
        <Field label={words.comment} hint={words.commentHint} error={issueOf('comment')}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={2000}
              className="field"
              value={state.comment}
              onChange={({ target }) => change({ comment: target.value })}
            />
          )}
        </Field>
      )}
      {(withComment || state.kind !== 'none') && (
        <Field label={words.reason} hint={words.reasonHint} error={issueOf('reason')}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={2000}
              className="field"
              value={state.reason}
              onChange={({ target }) => change({ reason: target.value })}
            />
          )}
        </Field>
      )}
    </div>
  )
}
