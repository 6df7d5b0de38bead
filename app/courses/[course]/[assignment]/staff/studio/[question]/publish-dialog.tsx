'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useId, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Sheet } from '@/app/components/sheet'
import { useSending } from '@/app/components/use-sending'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { partLabel } from '@/lib/questions/shown-label'
import { versionOf } from '@/lib/studio/draft'
import { isSameDraft } from '@/lib/studio/same-draft'
import type { Draft } from '@/lib/studio/schema'
import { ContradictionReason } from '../contradiction-reason'
import { useStudioMessages } from '../messages/use-studio-messages'
import { VersionDifference } from '../version-difference'
import { CheckProgress } from './check-progress'
import type { PlacedNote } from './field-notes'
import { fieldId, placeWords } from './problem-words'
import type { DraftEditing } from './use-draft'

/** What is published last, to be compared with. */
export interface PublishedDraft {
  readonly version: number
  readonly keyVersion: number
  readonly draft: Draft
}

/**
 * Everything that there is to know before a version is made of the draft: what it lacks, where its languages differ, what
 * changes, and what is known of its evidence. Then how far the check of its key is.
 */
export function PublishDialog({
  open,
  onOpenChange,
  editing,
  notes,
  published,
  question,
  staffAddress,
  onPublished,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  editing: DraftEditing
  notes: readonly PlacedNote[]
  published: PublishedDraft | null
  question: { readonly questionId: string; readonly assignmentId: string; readonly attempts: number }
  /** Of the assignment's staff pages. */
  staffAddress: string
  onPublished: (published: PublishedDraft) => void
}) {
  const { publish } = useStudioMessages()
  const [done, setDone] = useState<number | null>(null)
  const close = (next: boolean) => {
    onOpenChange(next)
    if (!next) setDone(null)
  }
  return (
    <Sheet
      open={open}
      onOpenChange={close}
      place="wide"
      title={done === null ? publish.title : publish.done(done)}
      description={done === null ? publish.lead(question.attempts) : publish.doneHint}
    >
      {done === null ? (
        <Preparation
          editing={editing}
          notes={notes}
          published={published}
          questionId={question.questionId}
          onNote={() => close(false)}
          onDone={(next) => {
            onPublished(next)
            setDone(next.version)
          }}
        />
      ) : (
        <div className="grid gap-4">
          <CheckProgress assignmentId={question.assignmentId} />
          <p className="flex flex-wrap gap-x-6 gap-y-2">
            <Link className="link" href={`${staffAddress}/evidence`}>
              {publish.evidence}
            </Link>
            {question.attempts > 0 && (
              <Link className="link" href={`${staffAddress}/regrades/new?part=${editing.draft.parts[0]?.id}`}>
                {publish.regrade}
              </Link>
            )}
          </p>
          <button type="button" className="button justify-self-start" onClick={() => close(false)}>
            {publish.close}
          </button>
        </div>
      )}
    </Sheet>
  )
}

function Preparation({
  editing,
  notes,
  published,
  questionId,
  onNote,
  onDone,
}: {
  editing: DraftEditing
  notes: readonly PlacedNote[]
  published: PublishedDraft | null
  questionId: string
  /** A note was followed to its field. */
  onNote: () => void
  onDone: (published: PublishedDraft) => void
}) {
  const messages = useStudioMessages()
  const { publish } = messages
  const { draft, basedOn } = editing
  const say = useOneLanguage()
  /** Why the figure cannot be drawn. */
  const reasonOf = ({ reason: why }: { readonly [name: string]: unknown }) =>
    why === undefined ? null : say(why as Bilingual)
  const changesId = useId()
  const [reason, setReason] = useState('')
  const [unsaved, setUnsaved] = useState(false)
  const { send, sending, refusal } = useSending()
  const errors = notes.filter(({ severity }) => severity === 'error')
  const warnings = notes.filter(({ severity }) => severity === 'warning')
  const contradicted = refusal?.code === 'key-contradicted' ? (refusal.facts.contradicted as string[]) : []
  const unchanged = published !== null && isSameDraft(published.draft, draft)
  const isReady = errors.length === 0 && !unchanged && (contradicted.length === 0 || reason.trim() !== '')

  const submit = async () => {
    const address = `/api/questions/${questionId}/versions`
    const outcome = await editing.publish(async ({ draft: saved, ...what }) => {
      const known = published && { knownKey: published.keyVersion }
      const body = { ...versionOf(saved), ...what, ...known, ...(reason.trim() && { reason }) }
      return (await send<{ version: number }>('POST', address, body))?.version ?? null
    })
    setUnsaved(outcome === 'unsaved')
    if (outcome && outcome !== 'unsaved') onDone({ ...outcome, keyVersion: 1 })
  }

  return (
    <div className="grid gap-5">
      {errors.length > 0 && (
        <NoteList title={publish.problems(errors.length)} notes={errors} {...{ draft, onNote }} />
      )}
      {warnings.length > 0 && <NoteList title={publish.warnings} notes={warnings} {...{ draft, onNote }} />}
      <section aria-labelledby={changesId}>
        <h3 id={changesId} className="font-[580]">
          {published ? publish.changes(published.version) : publish.first}
        </h3>
        {published && (
          <div className="mt-2">
            {unchanged ? (
              <p className="text-quiet">{publish.unchanged}</p>
            ) : (
              <VersionDifference before={versionOf(published.draft)} after={versionOf(draft)} />
            )}
          </div>
        )}
      </section>
      {contradicted.length > 0 && (
        <ContradictionReason
          announced
          contradiction={publish.contradicted(
            contradicted
              .map((id) => {
                const at = draft.parts.findIndex((part) => part.id === id)
                return at < 0 ? id : partLabel(draft.label, draft.parts.length, at)
              })
              .join(', '),
          )}
          label={publish.reason}
          value={reason}
          onChange={setReason}
        />
      )}
      <div className="flex flex-wrap items-center gap-4">
        <button
          type="button"
          className="button button-accent"
          disabled={!isReady || sending}
          onClick={() => void submit()}
        >
          {sending && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
          {sending ? publish.working : publish.now(basedOn + 1)}
        </button>
        <p role="status" className="text-13 text-wrong">
          {unsaved && publish.failed}
          {refusal && refusal.code === 'version-outdated' && publish.outdated}
          {refusal &&
            refusal.code !== 'version-outdated' &&
            refusal.code !== 'key-contradicted' &&
            ([...refusal.fields.values()][0] ?? reasonOf(refusal.facts) ?? refusal.message ?? publish.failed)}
        </p>
      </div>
    </div>
  )
}

function NoteList({
  title,
  notes,
  draft,
  onNote,
}: {
  title: string
  notes: readonly PlacedNote[]
  draft: Draft
  onNote: () => void
}) {
  const messages = useStudioMessages()
  const id = useId()
  const follow = (note: PlacedNote) => {
    onNote()
    // After the dialog has given the focus back.
    setTimeout(() => {
      const field = document.getElementById(fieldId(note.place))
      field?.scrollIntoView({ block: 'center' })
      field?.querySelector<HTMLElement>('textarea, input, select')?.focus({ preventScroll: true })
    }, 50)
  }
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="font-[580]">
        {title}
      </h3>
      <ul className="mt-2 grid gap-1">
        {notes.map((note) => (
          <li key={`${fieldId(note.place)} ${note.message}`} className="flex flex-wrap gap-x-2">
            <button
              type="button"
              className={`link min-h-6 text-left first-letter:uppercase ${note.severity === 'error' ? 'text-wrong!' : 'text-warn!'}`}
              onClick={() => follow(note)}
            >
              {placeWords(note.place, draft, messages)}
            </button>
            <span>{note.message}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
