'use client'

import {
  Check,
  CircleAlert,
  CloudOff,
  History,
  LoaderCircle,
  Redo2,
  Shuffle,
  Trash2,
  Undo2,
} from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { clockTime, useInBrowser } from '@/app/components/local-time'
import { useStudioMessages } from '../messages/use-studio-messages'
import type { SyncState } from './draft-sync'
import type { DraftEditing } from './use-draft'

/** What the draft's state is, and what can be done with it as a whole. */
export function EditorToolbar({
  editing,
  version,
  variants,
  hasDraft,
  onHistory,
  onDiscard,
  onPublish,
}: {
  editing: DraftEditing
  /** Published last; null: never. */
  version: number | null
  /** Where its variants are. */
  variants: string
  hasDraft: boolean
  onHistory: () => void
  onDiscard: () => Promise<boolean>
  onPublish: () => void
}) {
  const { actions, state } = useStudioMessages()
  const ready = useInBrowser()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-4 sm:block">
        <SaveState state={editing.state} />
        <p className="text-13 text-quiet">
          {version === null ? state.neverPublished : state.published(version)}
        </p>
      </div>
      <fieldset disabled={!ready} className="flex flex-wrap items-center gap-1">
        <button
          type="button"
          className="tool"
          disabled={!editing.canUndo}
          aria-label={actions.undo}
          aria-keyshortcuts="Control+Z"
          title={`${actions.undo} (Ctrl+Z)`}
          onClick={editing.undo}
        >
          <Undo2 size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="tool"
          disabled={!editing.canRedo}
          aria-label={actions.redo}
          aria-keyshortcuts="Control+Shift+Z"
          title={`${actions.redo} (Ctrl+Shift+Z)`}
          onClick={editing.redo}
        >
          <Redo2 size={18} aria-hidden="true" />
        </button>
        {version !== null && (
          <Link href={variants} prefetch={false} className="tool">
            <Shuffle size={17} aria-hidden="true" />
            <span className="max-sm:sr-only">{actions.variants}</span>
          </Link>
        )}
        <button type="button" className="tool" onClick={onHistory}>
          <History size={17} aria-hidden="true" />
          <span className="max-sm:sr-only">{actions.history}</span>
        </button>
        {hasDraft && version !== null && <DiscardButton onDiscard={onDiscard} />}
        <button type="button" className="button button-accent min-h-9! py-1!" onClick={onPublish}>
          {actions.publish}
        </button>
      </fieldset>
    </div>
  )
}

/** Asks once more in its place. */
function DiscardButton({ onDiscard }: { onDiscard: () => Promise<boolean> }) {
  const { actions } = useStudioMessages()
  const [asking, setAsking] = useState(false)
  const [failed, setFailed] = useState(false)
  if (!asking)
    return (
      <>
        <button type="button" className="tool" onClick={() => setAsking(true)}>
          <Trash2 size={17} aria-hidden="true" className="sm:hidden" />
          <span className="max-sm:sr-only">{actions.discard}</span>
        </button>
        {failed && (
          <span role="alert" className="text-13 text-wrong">
            {actions.discardFailed}
          </span>
        )}
      </>
    )
  return (
    <span className="flex flex-wrap items-center gap-1 text-13">
      <span>{actions.discardAsk}</span>
      <button
        type="button"
        className="tool"
        onClick={async () => {
          setAsking(false)
          setFailed(false)
          setFailed(!(await onDiscard()))
        }}
      >
        {actions.discardNow}
      </button>
      <button type="button" className="tool" onClick={() => setAsking(false)}>
        {actions.cancel}
      </button>
    </span>
  )
}

function SaveState({ state: { status, savedAt, keeps } }: { state: SyncState }) {
  const { state } = useStudioMessages()
  const inBrowser = useInBrowser()
  const words = {
    clean: '',
    unsaved: state.unsaved,
    saving: state.saving,
    saved: savedAt && inBrowser ? state.saved(clockTime(savedAt)) : '',
    waiting: keeps ? state.waiting : state.notKept,
    'signed-out': state.signedOut,
    refused: state.refused,
    conflict: state.conflict,
  }[status]
  const look = { size: 15, 'aria-hidden': true, className: 'shrink-0' } as const
  return (
    <p className="numbers flex min-h-6 items-center gap-1.5 text-13" data-testid="draft-state">
      {status === 'saved' && <Check {...look} className="shrink-0 text-accent" />}
      {(status === 'saving' || status === 'unsaved') && <LoaderCircle {...look} />}
      {status === 'waiting' && <CloudOff {...look} className="shrink-0 text-warn" />}
      {['signed-out', 'refused', 'conflict'].includes(status) && (
        <CircleAlert {...look} className="shrink-0 text-warn" />
      )}
      {words}
      <span role="status" className="sr-only">
        {status === 'unsaved' || status === 'saving' ? '' : words}
      </span>
    </p>
  )
}
