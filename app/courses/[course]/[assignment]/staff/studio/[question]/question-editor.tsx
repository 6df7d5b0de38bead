'use client'

import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { BackLink } from '@/app/components/back-link'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Field, SelectField } from '@/app/components/field'
import { useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import { Segments } from '@/app/components/segments'
import type { AssignmentView } from '@/lib/attempts/view'
import type { Provenance } from '@/lib/bank/view'
import { topicSchema } from '@/lib/questions/content'
import { emptyDraft, idsOf } from '@/lib/studio/draft'
import { addPart, changePart, moved, removePart } from '@/lib/studio/edit'
import { isSameDraft } from '@/lib/studio/same-draft'
import type { EditedQuestion, MeasurablePicture } from '@/lib/studio/view'
import { useStudioMessages } from '../messages/use-studio-messages'
import { BilingualField } from './bilingual-field'
import { ConflictNotice } from './conflict-notice'
import { EditorToolbar } from './editor-toolbar'
import { notesOf, partNotes } from './field-notes'
import { FigureFields } from './figure-fields'
import { HistorySheet } from './history-sheet'
import { NewerVersionNotice } from './newer-version-notice'
import { PartFields } from './part-fields'
import { PreviewPane } from './preview-pane'
import { fieldId } from './problem-words'
import { ProvenanceNote } from './provenance-note'
import { PublishDialog } from './publish-dialog'
import { type NeighbourLine, QuestionRail } from './question-rail'
import { TagsField } from './tags-field'
import { useDraft } from './use-draft'

const panes = ['list', 'edit', 'preview'] as const

/** The studio's three panes: the questions, the one that is written, and how a student sees it. On a phone one at a time. */
export function QuestionEditor({
  address,
  assignment,
  userId,
  mayEdit,
  question,
  attempts,
  neighbours,
  pictures,
  origin,
}: {
  /** Of the studio. */
  address: string
  assignment: AssignmentView
  userId: string
  /** False: the controls stay shut. */
  mayEdit: boolean
  question: EditedQuestion
  attempts: number
  neighbours: readonly NeighbourLine[]
  /** Of which measurements can be made. */
  pictures: readonly MeasurablePicture[]
  /** Where it was copied from; null: nowhere. */
  origin: Provenance | null
}) {
  const messages = useStudioMessages()
  const { panes: paneNames, form, list } = messages
  const { topics, question: words } = useMessages()
  const say = useOneLanguage()
  const ready = useInBrowser()
  const { questionId, stored, slug } = question
  const [published, setPublished] = useState(question.published)
  const [takenIds, setTakenIds] = useState(question.takenIds)
  const adopt = (next: NonNullable<typeof published>) => {
    setPublished(next)
    setTakenIds((known) => [...known, ...idsOf(next.draft)])
  }
  const editing = useDraft(
    { questionId, userId, stored },
    {
      draft: stored?.draft ?? published?.draft ?? emptyDraft(slug, '', 'lime'),
      basedOn: stored?.draft ? stored.basedOn : (published?.version ?? 0),
    },
  )
  const { draft, edit } = editing
  const [pane, setPane] = useState<(typeof panes)[number]>('edit')
  const [wide, setWide] = useState(false)
  const [open, setOpen] = useState<'history' | 'publish' | null>(null)
  const notes = useMemo(() => notesOf(draft, messages, say), [draft, messages, say])
  const own = (field: 'label' | 'prompt' | 'parts') =>
    notes.filter(({ place }) => place.part === undefined && place.field === field)
  const sameFigure =
    published !== null && JSON.stringify(published.draft.figureSpec) === JSON.stringify(draft.figureSpec)

  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    // A dialog's keys come this way too.
    if (!event.currentTarget.contains(event.target as Node)) return
    if ((event.target as Element).closest('[data-own-keys]')) return
    const key = event.key.toLowerCase()
    const action =
      key === 'z' ? (event.shiftKey ? editing.redo : editing.undo) : key === 'y' ? editing.redo : null
    if (action) action()
    else if (key === 's') void editing.sync.flush()
    else return
    event.preventDefault()
  }

  /** @returns whether it was discarded. */
  const discard = async (): Promise<boolean> => {
    await editing.sync.flush()
    const { revision } = editing.sync.read()
    const response = await fetch(`/api/questions/${questionId}/draft/discard`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revision }),
    }).catch(() => null)
    if (!response?.ok || !published) return false
    const { revision: next } = (await response.json()) as { revision: number }
    editing.take(published.draft, published.version, next, null)
    return true
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole editor, wherever the focus is
    <div onKeyDown={keys} className="min-w-0">
      <section
        aria-label={messages.title}
        className="sticky top-(--header-height) z-20 border-b bg-paper px-4 py-2.5 sm:px-6"
      >
        <div className="mx-auto max-w-[100rem]">
          <div className="mb-2 flex items-center justify-between gap-4 lg:hidden">
            <Segments
              legend={paneNames.label}
              value={pane}
              segments={panes.map((value) => ({ value, label: paneNames[value], name: paneNames[value] }))}
              onChange={setPane}
              className="w-full"
            />
          </div>
          {mayEdit ? (
            <EditorToolbar
              editing={editing}
              version={published?.version ?? null}
              variants={`${address}/${slug}/variants`}
              hasDraft={published !== null && !isSameDraft(published.draft, draft)}
              onHistory={() => setOpen('history')}
              onDiscard={discard}
              onPublish={() => setOpen('publish')}
            />
          ) : (
            <p className="text-13 text-quiet">{messages.readOnly}</p>
          )}
        </div>
      </section>
      <div
        className={clsx(
          'mx-auto grid max-w-[100rem] lg:h-[calc(100dvh-var(--header-height)-7.5rem)]',
          wide
            ? 'lg:grid-cols-1'
            : 'lg:grid-cols-[minmax(0,1fr)_25rem] xl:grid-cols-[15rem_minmax(0,1fr)_25rem] 3xl:grid-cols-[18rem_minmax(0,1fr)_30rem]',
        )}
      >
        <div
          className={clsx(
            'min-w-0 overflow-y-auto border-r py-4 max-lg:border-0',
            pane !== 'list' && 'max-lg:hidden',
            wide ? 'lg:hidden' : 'lg:max-xl:hidden',
          )}
        >
          <QuestionRail address={address} lines={neighbours} current={questionId} />
        </div>
        <main
          id="content"
          // It scrolls by keys also where nothing in it can be pressed.
          tabIndex={mayEdit ? undefined : 0}
          className={clsx(
            '@container min-w-0 overflow-y-auto px-4 pt-5 pb-24 sm:px-6',
            pane !== 'edit' && 'max-lg:hidden',
            wide && 'lg:hidden',
          )}
        >
          <h1 className="sr-only">{words.title(draft.label)}</h1>
          <div className="mb-3 xl:hidden">
            <BackLink href={address}>{list.back}</BackLink>
          </div>
          <ConflictNotice {...{ editing, questionId, userId, published }} onPublished={adopt} />
          {origin && <ProvenanceNote origin={origin} />}
          {mayEdit && ready && (
            <NewerVersionNotice editing={editing} published={published} onDiscard={discard} />
          )}
          <fieldset disabled={!ready || !mayEdit} className="grid gap-6">
            <div className="grid gap-4 @md:grid-cols-[9rem_minmax(0,1fr)]">
              <div id={fieldId({ field: 'label' })}>
                <Field label={form.label} hint={form.labelHint} error={own('label')[0]?.message ?? null}>
                  {(control) => (
                    <input
                      {...control}
                      className="field"
                      maxLength={40}
                      value={draft.label}
                      onChange={({ target }) => edit((known) => ({ ...known, label: target.value }), 'label')}
                    />
                  )}
                </Field>
              </div>
              <SelectField
                label={form.topic}
                value={draft.topic}
                options={topicSchema.options.map((topic) => [topic, topics[topic]] as const)}
                onChange={(topic) => edit((known) => ({ ...known, topic }))}
              />
            </div>
            <TagsField questionId={questionId} given={question.tags} />
            <BilingualField
              id={fieldId({ field: 'prompt' })}
              label={form.prompt}
              hint={form.markdownHint}
              rows={4}
              value={draft.prompt}
              notes={own('prompt')}
              onChange={(prompt, language) => edit((known) => ({ ...known, prompt }), `prompt ${language}`)}
            />
            <FigureFields
              courseSlug={assignment.courseSlug}
              value={draft.figureSpec}
              onChange={(figureSpec) => edit((known) => ({ ...known, figureSpec }), 'figure')}
            />
            {draft.parts.map((part, at) => (
              <PartFields
                key={part.id}
                questionId={questionId}
                draft={draft}
                at={at}
                takenIds={takenIds}
                pictures={pictures}
                notes={partNotes(notes, draft, at)}
                onChange={(change, field) => edit((known) => changePart(known, at, change), field)}
                onMove={(to) => edit((known) => ({ ...known, parts: moved(known.parts, at, to) }))}
                onRemove={() => edit((known) => removePart(known, at))}
              />
            ))}
            <div id={fieldId({ field: 'parts' })} className="border-t pt-4">
              {own('parts').map(({ message }) => (
                <p key={message} className="text-13 text-wrong">
                  {message}
                </p>
              ))}
              <button
                type="button"
                className="tool -ml-2"
                onClick={() => edit((known) => addPart(known, slug, takenIds))}
              >
                <Plus size={16} aria-hidden="true" />
                {form.addPart}
              </button>
            </div>
          </fieldset>
        </main>
        <div
          className={clsx(
            'min-w-0 border-l p-4 max-lg:h-[calc(100dvh-14rem)] max-lg:border-0',
            pane !== 'preview' && 'max-lg:hidden',
          )}
        >
          <PreviewPane
            assignment={assignment}
            questionId={questionId}
            draft={draft}
            figureRequestId={sameFigure ? (published?.figureRequestId ?? null) : null}
            wide={wide}
            onWide={setWide}
          />
        </div>
      </div>
      <HistorySheet
        open={open === 'history'}
        onOpenChange={(shown) => setOpen(shown ? 'history' : null)}
        questionId={questionId}
        draft={draft}
        onRestore={(restored) => edit(() => restored)}
      />
      <PublishDialog
        open={open === 'publish'}
        onOpenChange={(shown) => setOpen(shown ? 'publish' : null)}
        editing={editing}
        notes={notes}
        published={published}
        question={{ questionId, assignmentId: assignment.assignmentId, attempts }}
        staffAddress={address.replace(/\/studio$/, '')}
        onPublished={(next) =>
          adopt({ ...next, figureRequestId: sameFigure ? (published?.figureRequestId ?? null) : null })
        }
      />
    </div>
  )
}
