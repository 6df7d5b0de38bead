import Link from 'next/link'
import { Moment } from '@/app/components/local-time'
import type { ScoreboardStudent } from '@/lib/scoreboard/view'
import { formatPoints } from '@/lib/scoring/points'
import { SimulatedMark } from '../simulated-mark'
import { useDeskMessages } from '../use-desk-messages'

/** One student; on a narrow screen only name, state and score. */
export function StudentRow({ student, address }: { student: ScoreboardStudent; address: string }) {
  const { scores, states } = useDeskMessages()
  const none = <span className="text-quiet">–</span>
  const cell = 'px-3 py-2.5'
  return (
    <tr className="border-b hover:bg-sunk">
      <th scope="row" className="max-w-36 py-2.5 pr-3 pl-2 sm:max-w-64 text-left font-[520]">
        <Link href={`${address}/students/${student.userId}`} prefetch={false} className="hover:underline">
          {student.name}
        </Link>
        {student.simulated && <SimulatedMark />}
        <span className="block truncate text-13 font-normal text-quiet">
          {student.section !== null && `${student.section} · `}
          {student.email}
        </span>
      </th>
      <td className={cell}>
        <span className={student.state === 'not-started' ? 'text-quiet' : ''}>{states[student.state]}</span>
        <span className="numbers block text-13 text-quiet md:hidden">
          {student.state === 'working' && `${student.answeredParts} / ${student.parts}`}
        </span>
      </td>
      <td className={`${cell} numbers text-right whitespace-nowrap max-md:hidden`}>
        {student.answeredParts} <span className="text-quiet">/ {student.parts}</span>
      </td>
      <td className={`${cell} numbers text-right whitespace-nowrap`}>
        {student.points === null ? (
          none
        ) : (
          <>
            <span className="font-[540]">{formatPoints(student.points, 2)}</span>
            <span className="text-quiet max-sm:sr-only"> / {formatPoints(student.maximum ?? 0)}</span>
          </>
        )}
      </td>
      <td className={`${cell} numbers text-right whitespace-nowrap max-md:hidden`}>
        {student.minutes === null ? none : scores.minutes(String(Math.round(student.minutes)))}
      </td>
      <td className={`${cell} text-13 whitespace-nowrap max-md:hidden`}>
        {student.startedAt ? <Moment iso={student.startedAt} /> : none}
      </td>
      <td className={`${cell} text-13 whitespace-nowrap max-md:hidden`}>
        {student.submittedAt ? <Moment iso={student.submittedAt} /> : none}
      </td>
    </tr>
  )
}
