'use client'

import { RotateCcw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMomentFormat } from '@/app/components/local-time'
import { Sheet } from '@/app/components/sheet'
import { versionOf } from '@/lib/studio/draft'
import { isSameDraft } from '@/lib/studio/same-draft'
import type { Draft, QuestionHistory } from '@/lib/studio/schema'
import { useStudioMessages } from '../messages/use-studio-messages'
import { VersionDifference } from '../version-difference'

/** The versions of a question and the drafts that were set aside: each can be compared with the draft, and restored. */
export function HistorySheet({
  open,
  onOpenChange,
  questionId,
  draft,
  onRestore,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  questionId: string
  draft: Draft
  onRestore: (draft: Draft) => void
}) {
  const { history } = useStudioMessages()
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      place="wide"
      title={history.title}
      description={history.description}
    >
      <HistoryList questionId={questionId} draft={draft} onRestore={onRestore} />
    </Sheet>
  )
}

function HistoryList({
  questionId,
  draft,
  onRestore,
}: {
  questionId: string
  draft: Draft
  onRestore: (draft: Draft) => void
}) {
  const { history } = useStudioMessages()
  const when = useMomentFormat()
  const [lines, setLines] = useState<QuestionHistory | 'failed' | null>(null)
  useEffect(() => {
    let wanted = true
    readJson<QuestionHistory>(`/api/questions/${questionId}/versions`).then(
      (found) => wanted && setLines(found),
      () => wanted && setLines('failed'),
    )
    return () => {
      wanted = false
    }
  }, [questionId])
  if (lines === 'failed') return <p role="alert">{history.failed}</p>
  if (lines === null) return <p role="status">{history.loading}</p>
  const { versions, setAside } = lines
  if (versions.length + setAside.length === 0) return <p className="text-quiet">{history.none}</p>
  return (
    <ul className="grid gap-3">
      {setAside.map((line) => (
        <HistoryLine
          key={line.setAsideId}
          title={history.setAside(line.author ?? '–', when(line.savedAt))}
          read={async () => line.draft}
          {...{ draft, onRestore }}
        />
      ))}
      {versions.map(({ version, author, createdAt, attempts }, index) => (
        <HistoryLine
          key={version}
          title={history.version(version) + (index === 0 ? ` · ${history.current}` : '')}
          note={[history.by(author, when(createdAt)), attempts > 0 && history.attempts(attempts)]
            .filter(Boolean)
            .join(' · ')}
          read={async () =>
            (await readJson<{ draft: Draft }>(`/api/questions/${questionId}/versions/${version}`)).draft
          }
          {...{ draft, onRestore }}
        />
      ))}
    </ul>
  )
}

function HistoryLine({
  title,
  note,
  read,
  draft,
  onRestore,
}: {
  title: string
  note?: string
  read: () => Promise<Draft>
  draft: Draft
  onRestore: (draft: Draft) => void
}) {
  const { history } = useStudioMessages()
  const [shown, setShown] = useState<Draft | null>(null)
  const [state, setState] = useState<'idle' | 'failed' | 'restored'>('idle')
  const use = async (action: (found: Draft) => void) => {
    try {
      action(shown ?? (await read()))
    } catch {
      setState('failed')
    }
  }
  return (
    <li className="rounded-card border px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div>
          <h3 className="font-[560]">{title}</h3>
          {note && <p className="text-13 text-quiet">{note}</p>}
        </div>
        <div className="flex flex-wrap gap-1">
          <button
            type="button"
            className="tool"
            aria-expanded={shown !== null}
            onClick={() => (shown ? setShown(null) : void use(setShown))}
          >
            {shown ? history.hide : history.compare}
          </button>
          <button
            type="button"
            className="tool"
            onClick={() =>
              void use((found) => {
                onRestore(found)
                setState('restored')
              })
            }
          >
            <RotateCcw size={16} aria-hidden="true" />
            {history.restore}
          </button>
        </div>
      </div>
      <p role="status" className="text-13 text-quiet empty:hidden">
        {state === 'failed' && history.failed}
        {state === 'restored' && history.restoreHint}
      </p>
      {shown && (
        <div className="mt-3 border-t pt-3">
          {isSameDraft(shown, draft) ? (
            <p className="text-quiet">{history.same}</p>
          ) : (
            <VersionDifference before={versionOf(shown)} after={versionOf(draft)} />
          )}
        </div>
      )}
    </li>
  )
}

async function readJson<Body>(address: string): Promise<Body> {
  const response = await fetch(address, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return (await response.json()) as Body
}
