import type { StoredState } from '@/lib/explorations/data'

/**
 * The answer to whoever asked: 202 while it is computed. A stored result is put into the answer as the text it is:
 * reading a quarter of a megabyte of numbers only to write them again would cost the web process more than all else.
 */
export function answerState(state: StoredState): Response {
  const pending = state.status === 'queued' || state.status === 'computing'
  const body =
    state.status === 'ready'
      ? `{"explorationId":${JSON.stringify(state.explorationId)},"status":"ready","result":${state.result}}`
      : JSON.stringify(state)
  return new Response(body, {
    status: pending ? 202 : 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  })
}
