import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { Problem } from '@/lib/api/problem'
import type { Viewer } from '@/lib/auth/gate'
import { sessionCookie, viewerOfToken } from '@/lib/auth/session'
import { inRequest, requestIdHeader, requestIdOf } from '@/lib/request-context'

/** @returns who looks at the page; null when nobody is signed in. Asked once for all parts of a page. */
export const pageViewer = cache(
  async (): Promise<Viewer | null> => viewerOfToken((await cookies()).get(sessionCookie)?.value),
)

/**
 * Who looks at the page; somebody who is not signed in goes to the sign-in page and comes back.
 * @param returnTo address of the page, without the host.
 */
export async function requirePageViewer(returnTo: string): Promise<Viewer> {
  return (await pageViewer()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`)
}

/** What a page shows instead of its content. `not-found` becomes Next's own page and never arrives here. */
export type Admission<Value> =
  | { readonly admitted: true; readonly value: Value }
  | { readonly admitted: false; readonly code: Exclude<Problem['code'], 'not-found'> }

/** @returns the id of the page's request, which the proxy gave it. */
export async function pageRequestId(): Promise<string> {
  return requestIdOf((await headers()).get(requestIdHeader))
}

/**
 * Runs what needs the gate, as one request: a 404 shows the not-found page; other expected refusals are the page's to
 * show. Any other error carries the request's id to the page of errors, as Next's `digest`, and to the log.
 */
export async function admit<Value>(work: () => Promise<Value>): Promise<Admission<Value>> {
  const requestId = await pageRequestId()
  try {
    return { admitted: true, value: await inRequest({ requestId }, work) }
  } catch (error) {
    if (!(error instanceof Problem)) {
      // Next's own (a redirect, a page that is not there) have one already.
      if (error instanceof Error && !('digest' in error)) Object.assign(error, { digest: requestId })
      throw error
    }
    if (error.code === 'not-found') notFound()
    return { admitted: false, code: error.code }
  }
}
