'use client'

import { ChevronDown, ChevronUp } from 'lucide-react'
import Link from 'next/link'
import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { useRequest } from '@/app/components/use-request'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import type { AssignmentSummary } from '@/lib/authoring/view'

/** The assignments in their order, with buttons to change it. */
export function AssignmentList({
  course,
  assignments,
  mayOrder,
}: {
  course: string
  assignments: readonly AssignmentSummary[]
  mayOrder: boolean
}) {
  const words = useCourseMessages()
  const told = useOneLanguage()
  const { send, working, problem } = useRequest(words)
  if (assignments.length === 0)
    return <p className="case mt-6 px-6 py-8 text-center text-quiet">{words.noAssignments}</p>
  const move = (from: number, to: number) => {
    const ids = assignments.map(({ assignmentId }) => assignmentId)
    ids.splice(to, 0, ...ids.splice(from, 1))
    void send('PUT', `/api/courses/${course}/assignments`, { assignmentIds: ids })
  }
  return (
    <>
      <ol className="mt-6 border-t" aria-label={words.assignments}>
        {assignments.map(({ assignmentId, slug, title, state, questions, started }, index) => (
          <li key={assignmentId} className="flex items-center gap-3 border-b py-3">
            <div className="min-w-0 flex-1">
              <Link className="link font-[560]" href={`/courses/${course}/${slug}/staff`} prefetch={false}>
                <BilingualText text={title} second="hidden" />
              </Link>
              <p className="numbers mt-0.5 flex flex-wrap gap-x-4 text-13 text-quiet">
                <span className={state === 'PUBLISHED' ? '' : 'font-[560] text-ink'}>
                  {words.states[state]}
                </span>
                <span className="font-mono">{slug}</span>
                <span>{words.questions(questions)}</span>
                <span>{words.started(started)}</span>
              </p>
            </div>
            {mayOrder && (
              <span className="flex shrink-0">
                <button
                  type="button"
                  className="tool"
                  aria-label={words.up(told(title))}
                  disabled={working || index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <ChevronUp size={18} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className="tool"
                  aria-label={words.down(told(title))}
                  disabled={working || index === assignments.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <ChevronDown size={18} aria-hidden="true" />
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
      <p role="status" className="mt-1 text-13 text-wrong">
        {problem}
      </p>
    </>
  )
}
