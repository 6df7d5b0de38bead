import type { CsvCell } from '@/lib/interchange/csv'
import type { PartPoints } from '@/lib/scoreboard/data'
import type { Scoreboard, ScoreboardPart } from '@/lib/scoreboard/view'
import { formatPoints } from '@/lib/scoring/points'

/**
 * The whole class as a table for spreadsheets: a row a student, points in points, times ISO 8601, a column a part. Its header
 * is English in either language, for the programs that read it. A part of a question that was not drawn for the student says so.
 */
export function scoreTable(board: Scoreboard, partPoints: ReadonlyMap<string, PartPoints>): CsvCell[][] {
  const points = (thousandths: number | null | undefined): CsvCell =>
    thousandths === null || thousandths === undefined ? null : Number(formatPoints(thousandths))
  const cell = (own: PartPoints | undefined, { partId, questionId }: ScoreboardPart): CsvCell =>
    own && !own.questionIds.has(questionId) ? 'not drawn' : points(own?.points[partId])
  const header = [
    'name',
    'email',
    'simulated',
    'section',
    'state',
    'answered_parts',
    'points',
    'maximum',
    'started_at',
    'submitted_at',
    'minutes_at_work',
    ...board.parts.map((part) => part.partId),
  ]
  return [
    header,
    ...board.students.map((student) => [
      student.name,
      student.email,
      student.simulated ? 'yes' : 'no',
      student.section,
      student.state,
      student.answeredParts,
      points(student.points),
      points(student.maximum),
      student.startedAt,
      student.submittedAt,
      student.minutes,
      ...board.parts.map((part) => cell(partPoints.get(student.userId), part)),
    ]),
  ]
}
