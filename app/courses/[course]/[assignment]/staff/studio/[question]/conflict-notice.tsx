'use client'

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { clockTime } from '@/app/components/local-time'
import { Scrolling } from '@/app/components/scrolling'
import type { StaffQuestionView } from '@/lib/questions/data'
import { draftOf, versionOf } from '@/lib/studio/draft'
import type { EditedQuestion } from '@/lib/studio/view'
import { useStudioMessages } from '../messages/use-studio-messages'
import { VersionDifference } from '../version-difference'
import type { DraftEditing } from './use-draft'

type Published = NonNullable<EditedQuestion['published']>

/** Two have written at once: both drafts, what differs between them, and the choice. */
export function ConflictNotice({
  editing,
  questionId,
  userId,
  published,
  onPublished,
}: {
  editing: DraftEditing
  questionId: string
  userId: string
  published: Published | null
  /** A later version was found. */
  onPublished: (published: Published) => void
}) {
  const { conflict, list } = useStudioMessages()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const { status, other } = editing.state
  if (status !== 'conflict') return null
  const when = other ? clockTime(other.savedAt) : ''
  const theirs = other?.draft ?? null

  /** Where the draft has ended, somebody may have published: what is written here starts from that now. */
  const settle = async (mine: boolean) => {
    setBusy(true)
    setFailed(false)
    try {
      const isOlder = !theirs || (other?.basedOn ?? 0) > (published?.version ?? 0)
      const latest = isOlder ? await readPublished(questionId) : published
      if (latest && latest !== published) onPublished(latest)
      if (other && theirs) {
        if (mine) await editing.keepMine(editing.basedOn)
        else editing.take(theirs, other.basedOn, other.revision, other.savedAt)
        return
      }
      if (mine) await editing.keepMine(latest!.version)
      else editing.take(latest!.draft, latest!.version, other?.revision ?? 0, null)
    } catch {
      setFailed(true)
    } finally {
      setBusy(false)
    }
  }

  return (
    <section
      role="alert"
      aria-labelledby="conflict"
      className="mb-5 rounded-card border border-warn/50 bg-warn-soft px-4 py-4"
    >
      <h2 id="conflict" className="flex items-center gap-2 font-[580]">
        <TriangleAlert size={18} aria-hidden="true" className="shrink-0 text-warn" />
        {conflict.title}
      </h2>
      <p className="mt-1">
        {theirs === null
          ? conflict.ended(other?.author.name ?? '', when)
          : other?.author.userId === userId
            ? conflict.bySelf(when)
            : conflict.byOther(other?.author.name ?? '', when)}
      </p>
      <p className="mt-1 text-13">{conflict.hint}</p>
      {theirs && (
        <details className="mt-3">
          <summary className="min-h-6 cursor-pointer text-13 font-[540]">{conflict.differences}</summary>
          <Scrolling label={conflict.differences} className="mt-2 max-h-96 rounded-card border bg-paper p-4">
            <VersionDifference before={versionOf(theirs)} after={versionOf(editing.draft)} />
          </Scrolling>
        </details>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <button type="button" className="button" disabled={busy} onClick={() => void settle(true)}>
          {conflict.mine}
        </button>
        <button type="button" className="button" disabled={busy} onClick={() => void settle(false)}>
          {theirs ? conflict.theirs : conflict.published}
        </button>
      </div>
      <p role="status" className="mt-2 text-13 text-wrong empty:hidden">
        {failed && list.failed}
      </p>
    </section>
  )
}

async function readPublished(questionId: string): Promise<Published> {
  const response = await fetch(`/api/questions/${questionId}`, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`question ${questionId}: ${response.status}`)
  const { figureRequestId, version, keyVersion, ...question } = (await response.json()) as StaffQuestionView
  return { version, keyVersion, draft: draftOf(question), figureRequestId }
}
