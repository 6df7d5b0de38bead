import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/options'
import { environment } from '@/lib/environment'
import { inRequest, requestIdHeader, requestIdOf } from '@/lib/request-context'

/** Sign-in, sign-out and the session, by next-auth. */
async function handle(
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  // Without a fixed address, next-auth takes the one that the browser used, so that any port and name works.
  const { NEXTAUTH_URL } = environment()
  if (!NEXTAUTH_URL) process.env.AUTH_TRUST_HOST ??= 'true'
  const protocol = request.headers.get('x-forwarded-proto') ?? new URL(NEXTAUTH_URL ?? request.url).protocol
  const requestId = requestIdOf(request.headers.get(requestIdHeader))
  return inRequest({ requestId }, () =>
    NextAuth(request as never, context as never, authOptions(protocol.startsWith('https'))),
  )
}

export { handle as GET, handle as POST }
