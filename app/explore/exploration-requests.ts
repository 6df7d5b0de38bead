import type { Bilingual } from '@/lib/explainers/bilingual'
import type { ExplorationResult, ExplorationState } from '@/lib/explorations/view'

export interface ExplorationFailed {
  readonly code: string
  /** In words, where the server said any. */
  readonly message: Bilingual | null
  /** What to type on the server to mend it. */
  readonly command: string | null
  /** Seconds after which it may be asked again. */
  readonly waitSeconds: number | null
}

export type Outcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly failure: ExplorationFailed }

/** What is asked, as `POST /api/explorations` takes it. */
export type Question = { readonly kind: ExplorationResult['kind'] } & { readonly [name: string]: unknown }

const mostKept = 40
/** Answers of this page, oldest first: going back to a state asks nobody. */
const kept = new Map<string, ExplorationResult>()

/** @returns the answer, if it is here already. */
export function knownAnswer(question: Question): ExplorationResult | undefined {
  return kept.get(JSON.stringify(question))
}

/**
 * Asks the server and waits as long as it computes.
 * @param onProgress hears how far long work is
 * @returns never throws but when the signal aborts
 */
export async function ask<Result extends ExplorationResult>(
  question: Question,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<Outcome<Result>> {
  const name = JSON.stringify(question)
  const known = kept.get(name)
  if (known) return { ok: true, result: known as Result }
  const outcome = await askServer<Result>(question, signal, onProgress)
  if (outcome.ok && question.kind !== 'corpus-index') {
    const oldest = kept.keys().next()
    if (kept.size >= mostKept && !oldest.done) kept.delete(oldest.value)
    kept.set(name, outcome.result)
  }
  return outcome
}

const noAnswer: ExplorationFailed = { code: 'network', message: null, command: null, waitSeconds: null }

async function askServer<Result>(
  question: Question,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<Outcome<Result>> {
  let lost = 0
  const asking: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  }
  let asked: string | null = null
  for (;;) {
    signal.throwIfAborted()
    const reply = asked
      ? await read(`/api/explorations/${asked}`, { signal })
      : await read('/api/explorations', { ...asking, signal })
    signal.throwIfAborted()
    // What this page could not ask after for a while, the server has forgotten.
    const isForgotten = asked !== null && reply?.response.status === 404
    if (!reply || isForgotten) {
      lost++
      if (lost > 3) return { ok: false, failure: noAnswer }
      if (isForgotten) asked = null
      else await pause(500 * 2 ** lost, signal)
      continue
    }
    lost = 0
    if (!reply.response.ok) return { ok: false, failure: readProblem(reply.body) }
    const state = reply.body as ExplorationState
    if (state.status === 'ready') return { ok: true, result: state.result as Result }
    if (state.status === 'failed') return { ok: false, failure: { ...state, waitSeconds: null } }
    if (state.status === 'computing' && state.total > 0) onProgress?.(state.done, state.total)
    asked = state.explorationId
    await pause(question.kind === 'corpus-index' ? 1500 : 400, signal)
  }
}

async function read(
  address: string,
  init: RequestInit,
): Promise<{ response: Response; body: unknown } | null> {
  try {
    const response = await fetch(address, init)
    return { response, body: await response.json() }
  } catch {
    return null
  }
}

function readProblem(body: unknown): ExplorationFailed {
  const problem = body as { code?: string; message?: Bilingual; waitSeconds?: number } | null
  return {
    code: problem?.code ?? 'internal',
    message: problem?.message ?? null,
    command: null,
    waitSeconds: problem?.waitSeconds ?? null,
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
