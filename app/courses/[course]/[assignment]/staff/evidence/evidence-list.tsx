'use client'

import { useState } from 'react'
import { Segments } from '@/app/components/segments'
import type { EvidenceLine, EvidenceOverview } from '@/lib/verification/view'
import { CheckControls } from './check-controls'
import { EvidenceRow } from './evidence-row'
import { useEvidenceMessages } from './use-evidence-messages'
import { type ShownVerdict, VerdictMark, verdictOf } from './verdict-mark'

type Filter = ShownVerdict | 'all' | 'thin'

const order: readonly ShownVerdict[] = [
  'contradicted',
  'ambiguous',
  'supported',
  'reasoned',
  'not-computable',
  'unchecked',
]

/** One row a part, with a filter by verdict. */
export function EvidenceList({
  overview: { assignment, parts, run },
  mayCheck,
}: {
  overview: EvidenceOverview
  mayCheck: boolean
}) {
  const evidence = useEvidenceMessages()
  const [filter, setFilter] = useState<Filter>('all')
  const counts = new Map(
    order.map((name) => [name, parts.filter((line) => verdictOf(line) === name).length] as const),
  )
  const thin = parts.filter((line) => line.verdict?.isThin)
  const shown = parts.filter((line) => isShown(line, filter))
  const segments = [
    { value: 'all' as Filter, name: evidence.all, label: `${evidence.all} ${parts.length}` },
    ...order
      .filter((name) => counts.get(name))
      .map((name) => ({
        value: name as Filter,
        name: evidence.verdicts[name],
        label: (
          <>
            <VerdictMark verdict={name} />
            {evidence.verdicts[name]} <span className="numbers">{counts.get(name)}</span>
          </>
        ),
      })),
    ...(thin.length > 0
      ? [{ value: 'thin' as Filter, name: evidence.thin, label: `${evidence.thin} ${thin.length}` }]
      : []),
  ]
  return (
    <>
      <CheckControls assignmentId={assignment.assignmentId} run={run} mayCheck={mayCheck} />
      <div className="mt-8 overflow-x-auto pb-1">
        <Segments legend={evidence.filter} segments={segments} value={filter} onChange={setFilter} />
      </div>
      {filter !== 'all' && (
        <p className="mt-2 text-13 text-quiet">
          {filter === 'thin' ? evidence.thinMeaning : evidence.meanings[filter]}
        </p>
      )}
      <div className="mt-4 border-t">
        {shown.length === 0 && <p className="py-10 text-center text-quiet">{evidence.none}</p>}
        {shown.map((line) => (
          <EvidenceRow
            key={line.partId}
            line={line}
            assignmentId={assignment.assignmentId}
            mayCheck={mayCheck}
          />
        ))}
      </div>
    </>
  )
}

function isShown(line: EvidenceLine, filter: Filter): boolean {
  if (filter === 'all') return true
  return filter === 'thin' ? line.verdict?.isThin === true : verdictOf(line) === filter
}
