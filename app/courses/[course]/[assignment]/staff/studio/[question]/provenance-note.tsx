'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useBankMessages } from '@/app/courses/[course]/staff/bank/use-bank-messages'
import type { Provenance } from '@/lib/bank/view'
import { versionOf } from '@/lib/studio/draft'
import type { Draft } from '@/lib/studio/schema'
import { VersionDifference } from '../version-difference'

/** Which version of which question this one was copied from, and what has changed there since. */
export function ProvenanceNote({ origin }: { origin: Provenance }) {
  const words = useBankMessages()
  const say = useOneLanguage()
  const [shown, setShown] = useState<{ before: Draft; after: Draft } | 'failed' | null>(null)
  const { questionId, version, latest, assignment, course, label, slug, mayRead } = origin
  const said = words.copiedFrom(say(course.title), say(assignment.title), label, version)
  const compare = async () => {
    if (shown !== null && shown !== 'failed') return setShown(null)
    try {
      const [before, after] = await Promise.all([version, latest].map((one) => readVersion(questionId, one)))
      setShown({ before: before!, after: after! })
    } catch {
      setShown('failed')
    }
  }
  return (
    <section className="mb-5 rounded-card border px-4 py-2.5 text-13">
      <p>
        {mayRead ? (
          <Link
            href={`/courses/${course.slug}/${assignment.slug}/staff/studio/${slug}`}
            prefetch={false}
            className="link"
          >
            {said}
          </Link>
        ) : (
          said
        )}{' '}
        {latest > version && <span className="text-warn">{words.newer(latest)}</span>}
      </p>
      {latest > version && mayRead && (
        <button
          type="button"
          className="tool -ml-2"
          aria-expanded={shown !== null && shown !== 'failed'}
          onClick={() => void compare()}
        >
          {shown === null || shown === 'failed' ? words.compare : words.hide}
        </button>
      )}
      {shown === 'failed' ? (
        <p role="alert" className="text-wrong">
          {words.compareFailed}
        </p>
      ) : (
        shown && (
          <div className="mt-2 border-t pt-3 text-15">
            <VersionDifference before={versionOf(shown.before)} after={versionOf(shown.after)} />
          </div>
        )
      )}
    </section>
  )
}

async function readVersion(questionId: string, version: number): Promise<Draft> {
  const response = await fetch(`/api/questions/${questionId}/versions/${version}`, {
    signal: AbortSignal.timeout(20_000),
  })
  if (!response.ok) throw new Error(`version ${version} of ${questionId}: ${response.status}`)
  return ((await response.json()) as { draft: Draft }).draft
}
