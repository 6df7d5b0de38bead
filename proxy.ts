import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from '@/lib/content-security-policy'
import { requestIdHeader, requestIdOf } from '@/lib/request-context'

/**
 * Gives every page's request an id, and its answer a content security policy of its own. Next puts the nonce of the
 * request's policy on its scripts.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const requestId = requestIdOf(request.headers.get(requestIdHeader))
  const headers = new Headers(request.headers)
  headers.set(requestIdHeader, requestId)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set(requestIdHeader, requestId)
  return response
}

/** Answers of the API carry a fixed policy (next.config.js): there a nonce would only slow down saving. */
export const config = { matcher: '/((?!api/|_next/static|_next/image).*)' }
