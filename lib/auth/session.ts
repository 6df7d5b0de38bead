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

/** Somebody with a session that is genuine and not over; whether it was revoked is another question. */
export interface SessionHolder extends Viewer {
  /** When they signed in. */
  readonly since: Date
}

interface Session {
  readonly holder: SessionHolder
  /** Milliseconds since 1970. */
  readonly expires: number
}

const mostRemembered = 10_000
/** Sessions that were decrypted before: a student's browser sends the same one with every save. */
const known = new Map<string, Session>()

/** @returns who is signed in; null when the token is missing, forged, expired, made with another secret, or revoked. */
export async function viewerOfToken(token: string | undefined): Promise<Viewer | null> {
  const holder = await holderOfToken(token)
  if (!holder || (await isRevoked(holder))) return null
  const { since: _, ...viewer } = holder
  return viewer
}

/** Whether the person has signed out everywhere since; asked of the database, so that every process knows at once. */
export async function isRevoked({ userId, since }: SessionHolder): Promise<boolean> {
  const validFrom = await readSessionsValidFrom(userId)
  return validFrom !== null && since < validFrom
}

async function holderOfToken(token: string | undefined): Promise<SessionHolder | null> {
  if (!token) return null
  const session = known.get(token) ?? (await decrypt(token))
  return session && session.expires > Date.now() ? session.holder : null
}

async function decrypt(token: string): Promise<Session | null> {
  const payload = await decode({ token, secret: environment().NEXTAUTH_SECRET }).catch(() => null)
  const parsed = claims.safeParse(payload)
  if (!parsed.success) return null
  const { sub, name, email, exp, iat, since } = parsed.data
  const holder = { userId: sub, name, email, since: new Date(since ?? iat * 1000) }
  const session = { holder, expires: exp * 1000 }
  if (known.size >= mostRemembered) known.clear()
  known.set(token, session)
  return session
}

/** @returns whose session came with the request. */
export function holderOfRequest(request: Request): Promise<SessionHolder | null> {
  const cookies = request.headers.get('cookie') ?? ''
  const prefix = `${sessionCookie}=`
  const token = cookies
    .split(/;\s*/)
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length)
  return holderOfToken(token)
}
