import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { readSessionsValidFrom } from '@/lib/auth/data'
import type { Viewer } from '@/lib/auth/gate'
import { environment } from '@/lib/environment'

/** Name of the cookie that holds the session, whether it came over http or https. */
export const sessionCookie = 'vitrine.session'

/** Seconds for which a session stays valid without being renewed: longer than anybody works at one sitting. */
export const sessionMaxAge = 7 * 24 * 60 * 60

const claims = z.object({
  sub: z.string().min(1),
  name: z.string(),
  email: z.string(),
  /** Seconds since 1970. */
  exp: z.number(),
  iat: z.number(),
  /** Milliseconds since 1970: when the person signed in; a renewed token keeps it. Absent in tokens of older releases. */
  since: z.number().optional(),
})

interface Session {
  readonly viewer: Viewer
  readonly expires: number
  readonly since: number
}

const mostRemembered = 10_000
/** Sessions that were decrypted before: a student's browser sends the same one with every save. */
const known = new Map<string, Session>()

/**
 * @returns who is signed in; null when the token is missing, forged, expired, made with another secret, or revoked at
 * least half a minute ago.
 */
export async function viewerOfToken(token: string | undefined): Promise<Viewer | null> {
  if (!token) return null
  const session = known.get(token) ?? (await decrypt(token))
  if (!session || session.expires <= Date.now()) return null
  const validFrom = await readSessionsValidFrom(session.viewer.userId)
  return validFrom !== null && session.since < validFrom.getTime() ? null : session.viewer
}

async function decrypt(token: string): Promise<Session | null> {
  const payload = await decode({ token, secret: environment().NEXTAUTH_SECRET }).catch(() => null)
  const parsed = claims.safeParse(payload)
  if (!parsed.success) return null
  const { sub, name, email, exp, iat, since } = parsed.data
  const session = { viewer: { userId: sub, name, email }, expires: exp * 1000, since: since ?? iat * 1000 }
  if (known.size >= mostRemembered) known.clear()
  known.set(token, session)
  return session
}

/** @returns who sent the request. The database is asked once in half a minute for each person. */
export function viewerOfRequest(request: Request): Promise<Viewer | null> {
  const cookies = request.headers.get('cookie') ?? ''
  const prefix = `${sessionCookie}=`
  const token = cookies
    .split(/;\s*/)
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length)
  return viewerOfToken(token)
}
