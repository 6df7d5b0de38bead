'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useRequest } from '@/app/components/use-request'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import type { AssignmentDetailsView } from '@/lib/authoring/view'

/** Deletes what nobody has started, after asking once more. */
export function DeleteAssignment({
  course,
  assignment,
}: {
  course: string
  assignment: AssignmentDetailsView
}) {
  const words = useCourseMessages()
  const told = useOneLanguage()
  const router = useRouter()
  const { send, working, problem } = useRequest(words)
  const [asking, setAsking] = useState(false)
  const remove = async () => {
    if (await send('DELETE', `/api/assignments/${assignment.assignmentId}`))
      router.push(`/courses/${course}/staff`)
  }
  return (
    <section className="mt-14" aria-labelledby="delete">
      <h2 id="delete" className="text-21 font-[580]">
        {words.remove}
      </h2>
      <p className="mt-1 text-quiet">{assignment.started > 0 ? words.removeStarted : words.removeLead}</p>
      {assignment.started === 0 && !asking && (
        <button type="button" className="button mt-4" onClick={() => setAsking(true)}>
          {words.remove}
        </button>
      )}
      {asking && (
        <div className="case mt-4 flex flex-wrap items-center gap-3 px-4 py-3">
          <p className="min-w-48 flex-1">{words.removeQuestion(told(assignment.title))}</p>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {words.cancel}
          </button>
          <button type="button" className="button" disabled={working} onClick={() => void remove()}>
            {words.remove}
          </button>
        </div>
      )}
      <p role="status" className="mt-1 text-13 text-wrong">
        {problem}
      </p>
    </section>
  )
}
