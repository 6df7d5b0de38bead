'use client'

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { beginSaving } from '@/lib/attempts/answer-saving'
import type { KnownAttempt } from '@/lib/attempts/lost-attempt'
import { type SaveSummary, summarize } from '@/lib/attempts/save-summary'
import type { AttemptQuestionView, AttemptView } from '@/lib/attempts/view'
import type { QuestionPart } from '@/lib/questions/content'
import { isAnswered } from '@/lib/questions/selection'
import { type AnswerSync, type SyncSnapshot, syncOf } from './answer-sync'

export type QuestionState = 'answered' | 'partial' | 'unanswered'

/** An attempt on a page, and what can be done in it. */
export interface AttemptContextValue {
  readonly attempt: AttemptView
  /** Address of the assignment; questions, review and result lie below it. */
  readonly address: string
  readonly closed: boolean
  readonly summary: SaveSummary
  readonly snapshot: SyncSnapshot
  readonly chosen: (partId: string) => readonly string[]
  readonly choose: (partId: string, optionIds: readonly string[]) => void
  readonly flagged: (questionId: string) => boolean
  readonly flag: (questionId: string, flagged: boolean) => void
  readonly stateOf: (question: AttemptQuestionView) => QuestionState
  /** Marks the attempt as submitted in this tab. */
  readonly close: () => void
  /** The server takes answers again. */
  readonly reopen: () => void
  /** Compares with what the server holds; true: it lacked something, which is sent again. */
  readonly askServer: () => Promise<boolean>
  /** The student has read that answers were sent again. */
  readonly noteResent: () => void
  /** How this device remembers the attempt; null while the server draws. */
  readonly known: KnownAttempt | null
}

export const AttemptContext = createContext<AttemptContextValue | null>(null)
const ignore = () => () => {}

/**
 * Holds the attempt and its answers above the pages of its questions, so that moving between them keeps everything.
 * @param drawn the attempt (`AttemptView`) as JSON: as one text it costs the server a fraction of what its several hundred
 * objects would, of which every one is written twice.
 */
export function AttemptProvider({
  drawn,
  owner,
  children,
}: {
  drawn: string
  /** Whose attempt it is. */
  owner: string
  children: ReactNode
}) {
  const attempt = useMemo(() => JSON.parse(drawn) as AttemptView, [drawn])
  const [sync] = useState<AnswerSync | null>(() =>
    typeof window === 'undefined' ? null : syncOf(attempt, owner),
  )
  const fromServer = useMemo(() => serverSnapshot(attempt), [attempt])
  const snapshot = useSyncExternalStore(
    sync?.subscribe ?? ignore,
    () => sync?.read() ?? fromServer,
    () => fromServer,
  )
  useEffect(() => sync?.refresh(attempt), [sync, attempt])

  const chosen = useCallback(
    (partId: string) => snapshot.saving.parts[partId]?.shown.optionIds ?? [],
    [snapshot.saving],
  )
  const askServer = useCallback(async () => (await sync?.askServer()) ?? false, [sync])
  const reopen = useCallback(() => sync?.reopen(), [sync])
  const value = useMemo((): AttemptContextValue => {
    const { courseSlug, slug } = attempt.assignment
    return {
      attempt,
      address: `/courses/${courseSlug}/${slug}`,
      closed: snapshot.saving.halt === 'closed',
      summary: summarize(snapshot.saving, snapshot.online),
      snapshot,
      chosen,
      choose: (partId, optionIds) => sync?.choose(partId, optionIds),
      flagged: (questionId) => snapshot.flags[questionId] ?? false,
      flag: (questionId, flagged) => sync?.flag(questionId, flagged),
      stateOf: (question) => questionState(question.content.parts, chosen),
      close: () => sync?.close(),
      reopen,
      askServer,
      noteResent: () => sync?.noteResent(),
      known: sync?.known ?? null,
    }
  }, [askServer, attempt, chosen, reopen, snapshot, sync])
  return <AttemptContext value={value}>{children}</AttemptContext>
}

export function useAttempt(): AttemptContextValue {
  const value = use(AttemptContext)
  if (!value) throw new Error('useAttempt: there is no AttemptProvider above')
  return value
}

/** The question that the browser's address names; null elsewhere. */
function addressedPosition(count: number): number | null {
  const shown = Number(/\/questions\/(\d+)$/.exec(window.location.pathname)?.[1])
  return shown >= 1 && shown <= count ? shown : null
}

/**
 * The question that is shown. Moving between questions changes the address alone: all questions are on the page
 * already, so that it is instant and works without a network. The router hears of it too, but what is shown does
 * not wait for it: a key pressed next must meet the question that was asked for.
 * @param drawn the position that the server drew
 */
export function useQuestionPosition(drawn: number): { position: number; go: (position: number) => void } {
  const { attempt, address } = useAttempt()
  const count = attempt.questions.length
  const [position, setPosition] = useState(() =>
    typeof window === 'undefined' ? drawn : (addressedPosition(count) ?? drawn),
  )
  // What was asked for last, at once: an effect of an earlier drawing may run between a move and its drawing.
  const asked = useRef(position)
  const move = useCallback((next: number) => {
    asked.current = next
    setPosition(next)
  }, [])
  useEffect(() => {
    const follow = () => move(addressedPosition(count) ?? drawn)
    // Captured, to come before the router, which may draw at once.
    window.addEventListener('popstate', follow, { capture: true })
    return () => window.removeEventListener('popstate', follow, { capture: true })
  }, [count, drawn, move])
  // A refresh that was under way during a move ends with the router putting its older address back.
  useEffect(() => {
    const shown = addressedPosition(count)
    if (shown !== null && shown !== asked.current)
      window.history.replaceState(null, '', `${address}/questions/${asked.current}`)
  })
  const go = useCallback(
    (next: number) => {
      if (next < 1 || next > count || next === position) return
      window.history.pushState(null, '', `${address}/questions/${next}`)
      move(next)
      window.scrollTo({ top: 0 })
    },
    [address, count, move, position],
  )
  return { position, go }
}

function questionState(
  parts: readonly QuestionPart[],
  chosen: (partId: string) => readonly string[],
): QuestionState {
  if (parts.every((part) => isAnswered(part, chosen(part.id)))) return 'answered'
  return parts.some((part) => chosen(part.id).length > 0) ? 'partial' : 'unanswered'
}

/** What the server knows: drawn first, in both places alike; the browser then adds what it kept. */
function serverSnapshot(attempt: AttemptView): SyncSnapshot {
  const partIds = attempt.questions.flatMap(({ content }) => content.parts.map((part) => part.id))
  const saving = beginSaving(partIds, attempt.answers, {})
  return {
    saving: attempt.submittedAt ? { ...saving, halt: 'closed' } : saving,
    flags: Object.fromEntries(attempt.questions.map((q) => [q.questionId, q.flagged])),
    online: true,
    keepsAnswers: true,
  }
}
