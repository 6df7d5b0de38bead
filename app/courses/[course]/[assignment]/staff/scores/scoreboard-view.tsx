'use client'

import { FlaskConical } from 'lucide-react'
import { useMemo } from 'react'
import { clockTime, useInBrowser } from '@/app/components/local-time'
import { PrintButton } from '@/app/components/print-button'
import type { Scoreboard } from '@/lib/scoreboard/view'
import { formatPoints } from '@/lib/scoring/points'
import { quantile } from '@/lib/statistics/distribution'
import { mean } from '@/lib/statistics/moments'
import { Notice } from '../notice'
import { SectionChoice } from '../section-choice'
import { useDeskMessages } from '../use-desk-messages'
import { ProgressChart, ScoreChart, TimeChart } from './score-charts'
import { StudentTable } from './student-table'
import { addressWith, useScoreboard } from './use-scoreboard'

/** The class as it is now: numbers, distributions, and a row for each student. */
export function ScoreboardView({
  initial,
  assignmentId,
  section,
  address,
  fileName,
}: {
  initial: Scoreboard
  assignmentId: string
  /** Whose scores: null for everybody's. */
  section: string | null
  address: string
  fileName: string
}) {
  const { board, lost } = useScoreboard(initial, assignmentId, section)
  const messages = useDeskMessages()
  const inBrowser = useInBrowser()
  const points = useMemo(() => board.students.flatMap((student) => student.points ?? []), [board.students])
  const minutes = useMemo(() => board.students.flatMap((student) => student.minutes ?? []), [board.students])
  const simulated = board.students.filter((student) => student.simulated).length
  return (
    <>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="numbers min-h-6 text-13 text-quiet">
          {lost
            ? messages.scores.lost
            : inBrowser &&
              (board.asOf === null
                ? messages.scores.live(clockTime(board.at))
                : messages.asOf(clockTime(board.asOf)))}
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <SectionChoice sections={board.sections} section={section} />
          <PrintButton />
        </div>
      </div>
      {simulated > 0 && (
        <Notice icon={FlaskConical}>{messages.simulatedNotice(simulated, board.students.length)}</Notice>
      )}
      <Numbers board={board} points={points} />
      <div className="mt-6 grid gap-6 lg:grid-cols-2">
        <ScoreChart points={points} maximum={board.maximum} fileName={`${fileName}-scores`} />
        <TimeChart minutes={minutes} fileName={`${fileName}-time`} />
      </div>
      <div className="mt-6">
        <ProgressChart board={board} fileName={`${fileName}-progress`} />
      </div>
      <StudentTable
        board={board}
        exportAddress={addressWith(`/api/assignments/${assignmentId}/scores`, section)}
        address={address}
        fileName={`${fileName}-students`}
      />
    </>
  )
}

function Numbers({ board, points }: { board: Scoreboard; points: readonly number[] }) {
  const { scores, states } = useDeskMessages()
  const count = (state: string) => board.students.filter((student) => student.state === state).length
  const ofMaximum = (value: number | null) =>
    value === null ? (
      '–'
    ) : (
      <>
        {formatPoints(Math.round(value / 10) * 10, 2)}
        <span className="text-15 font-normal text-quiet"> / {formatPoints(board.maximum)}</span>
      </>
    )
  const numbers = [
    [scores.enrolled, board.students.length],
    [states['not-started'], count('not-started')],
    [states.working, count('working')],
    [states.submitted, count('submitted')],
    [scores.mean, ofMaximum(points.length > 0 ? mean(points) : null)],
    [scores.median, ofMaximum(quantile(points, 0.5))],
  ] as const
  return (
    <section aria-label={scores.numbers}>
      <dl className="case mt-5 grid grid-cols-2 gap-x-4 gap-y-5 px-6 py-5 sm:grid-cols-3 lg:grid-cols-6">
        {numbers.map(([label, value]) => (
          <div key={label}>
            <dt className="text-13 text-quiet">{label}</dt>
            <dd className="numbers mt-0.5 text-28 font-[560] whitespace-nowrap">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
