import type { Instrumentation } from 'next'
import { requestIdHeader } from '@/lib/request-context'

/** Next calls this once in each of its processes, before it answers. What traces need is loaded only where they are wanted. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { wantsTraces } = await import('@/lib/environment')
  if (wantsTraces()) (await import('@/lib/tracing/service')).startTracing('vitrine-web')
}

/** Next calls this for every page that fails: the log names the request and what the page of errors shows for it. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import('@/lib/log')
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined
  const requestId = request.headers[requestIdHeader]
  log.error({ requestId, digest, page: context.routePath, error }, 'page failed')
}
