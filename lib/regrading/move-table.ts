import type { CsvCell } from '@/lib/interchange/csv'
import type { MovedAttempt } from '@/lib/regrading/view'
import { formatPoints } from '@/lib/scoring/points'

/** What a regrade moves as a table for spreadsheets: a row an attempt. Its header is English, for the programs that read it. */
export function moveTable(attempts: readonly MovedAttempt[]): CsvCell[][] {
  const points = (thousandths: number | null): CsvCell =>
    thousandths === null ? null : Number(formatPoints(thousandths).replace('−', '-'))
  return [
    [
      'name',
      'email',
      'attempt',
      'counts',
      'points_before',
      'points_after',
      'maximum_before',
      'maximum_after',
      'points_exported',
      'parts',
    ],
    ...attempts.map((attempt) => [
      attempt.name,
      attempt.email,
      attempt.number,
      attempt.counts === null ? null : attempt.counts ? 'yes' : 'no',
      points(attempt.before),
      points(attempt.after),
      points(attempt.maximumBefore),
      points(attempt.maximumAfter),
      points(attempt.exported),
      attempt.parts
        .map(({ label, chosen, before, after }) =>
          [label, chosen || '-', `${formatPoints(before)}>${formatPoints(after)}`].join(' '),
        )
        .join('; '),
    ]),
  ]
}
