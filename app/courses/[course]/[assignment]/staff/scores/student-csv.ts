import type { DeskMessages } from '@/app/messages/staff-desk/messages'
import type { Scoreboard, ScoreboardStudent } from '@/lib/scoreboard/view'
import { formatPoints } from '@/lib/scoring/points'

/** @returns header and a row a student, as the page names and shows them; points in points. */
export function studentRows(
  students: readonly ScoreboardStudent[],
  board: Scoreboard,
  { scores, states, simulated, section }: DeskMessages,
) {
  const points = (thousandths: number | null) =>
    thousandths === null ? null : Number(formatPoints(thousandths))
  return [
    [
      scores.name,
      scores.email,
      simulated,
      section,
      scores.state,
      scores.answered,
      scores.score,
      scores.range,
      scores.minutesRange,
      scores.started,
      scores.submitted,
    ],
    ...students.map((student) => [
      student.name,
      student.email,
      student.simulated ? 1 : 0,
      student.section,
      states[student.state],
      student.answeredParts,
      points(student.points),
      points(student.maximum ?? board.maximum),
      student.minutes,
      student.startedAt,
      student.submittedAt,
    ]),
  ]
}
