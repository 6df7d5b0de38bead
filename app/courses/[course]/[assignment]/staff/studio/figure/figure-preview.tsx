'use client'

import { LoaderCircle, Play, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { FigureBoundary } from '@/app/components/figure/figure-boundary'
import { learnState, useFigure } from '@/app/components/figure/figure-source'
import { FailedFigure, FigureProgress } from '@/app/components/figure/figure-state'
import { FigureViewer } from '@/app/components/figure/figure-viewer'
import { useInBrowser } from '@/app/components/local-time'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { isSame } from '@/lib/schema-form/values'
import { useFigureEditorMessages } from './messages'
import { askForPreview, withdrawPreview } from './preview-requests'

interface Shown {
  readonly requestId: string
  readonly spec: FigureSpec
}

type Note = 'asking' | 'cancelled' | 'unreachable' | { readonly refused: Bilingual } | null

/**
 * The figure that a specification makes, computed when somebody asks for it. Asking for another one cancels one that is
 * under way.
 */
export function FigurePreview({
  courseSlug,
  spec,
  complete,
}: {
  courseSlug: string
  spec: FigureSpec | null
  /** Whether nothing is wrong with what is being edited. */
  complete: boolean
}) {
  const messages = useFigureEditorMessages()
  const ready = useInBrowser()
  const [shown, setShown] = useState<Shown | null>(null)
  const [isPending, setPending] = useState(false)
  const [note, setNote] = useState<Note>(null)
  const isCurrent = shown !== null && isSame(shown.spec, spec)

  async function ask() {
    if (!spec) return
    if (shown && isPending) void withdrawPreview(courseSlug, shown.requestId)
    setNote('asking')
    const asked = await askForPreview(courseSlug, spec)
    if (asked.outcome === 'asked') {
      learnState(asked.state)
      setShown({ requestId: asked.requestId, spec })
      setPending(asked.state.status !== 'ready')
      setNote(null)
    } else setNote(asked.outcome === 'refused' ? { refused: asked.message } : 'unreachable')
  }
  async function cancel() {
    if (!shown) return
    setShown(null)
    setPending(false)
    setNote('cancelled')
    await withdrawPreview(courseSlug, shown.requestId)
  }
  const isAsking = note === 'asking'
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          className="button button-accent"
          disabled={!ready || !spec || !complete || isAsking || (isCurrent && isPending)}
          onClick={() => void ask()}
        >
          {isAsking ? (
            <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />
          ) : (
            <Play size={17} aria-hidden="true" />
          )}
          {shown && !isCurrent ? messages.previewAgain : messages.preview}
        </button>
        {shown && isPending && (
          <button type="button" className="button" onClick={() => void cancel()}>
            <X size={17} aria-hidden="true" />
            {messages.cancel}
          </button>
        )}
        <div role="status" className="text-13 text-quiet">
          {isAsking && messages.asking}
          {note === 'cancelled' && messages.cancelled}
          {note === 'unreachable' && <span className="text-wrong">{messages.unreachable}</span>}
          {note !== null && typeof note === 'object' && (
            <span className="text-wrong">
              <BilingualText text={note.refused} />
            </span>
          )}
          {spec !== null && !complete && messages.incomplete}
          {complete && shown && !isCurrent && !isAsking && messages.changed}
        </div>
      </div>
      <div className="case mt-4 overflow-clip">
        {shown ? (
          <PreviewedFigure
            key={shown.requestId}
            requestId={shown.requestId}
            onEnd={() => setPending(false)}
          />
        ) : (
          <p className="grid min-h-72 place-content-center px-8 py-12 text-quiet">{messages.empty}</p>
        )}
      </div>
    </div>
  )
}

function PreviewedFigure({ requestId, onEnd }: { requestId: string; onEnd: () => void }) {
  const messages = useFigureEditorMessages()
  const figure = useFigure(requestId)
  const { state, view } = figure
  const isOver = view !== null || state?.status === 'failed'
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    if (isOver) end()
  }, [isOver])
  if (view)
    return (
      <>
        <FigureBoundary>
          <FigureViewer view={view} />
        </FigureBoundary>
        <p className="border-t px-5 py-3 text-13 text-quiet numbers">
          {messages.took(view.seconds.toFixed(1))}
        </p>
      </>
    )
  if (state?.status === 'failed') return <FailedFigure state={state} note={messages.nextStep} />
  return (
    <div className="px-5 py-6" data-testid="preview-waiting">
      <div className="skeleton aspect-[2/1] w-full" aria-hidden="true" />
      <div className="mt-5 border-t pt-4">
        <FigureProgress figure={figure} note={messages.meanwhile} />
      </div>
    </div>
  )
}
