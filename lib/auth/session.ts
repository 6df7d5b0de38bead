import { decode } from 'next-auth/jwt'
import { z } from 'zod'
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
})

const mostRemembered = 10_000
/** Sessions that were decrypted before: a student's browser sends the same one with every save. */
const known = new Map<string, { readonly viewer: Viewer; readonly expires: number }>()

/** @returns who is signed in; null when the token is missing, forged, expired or made with another secret. */
export async function viewerOfToken(token: string | undefined): Promise<Viewer | null> {
  if (!token) return null
  const remembered = known.get(token)
  if (remembered) return remembered.expires > Date.now() ? remembered.viewer : null
  const payload = await decode({ token, secret: environment().NEXTAUTH_SECRET }).catch(() => null)
  const parsed = claims.safeParse(payload)
  if (!parsed.success) return null
  const { sub, name, email, exp } = parsed.data
  const viewer: Viewer = { userId: sub, name, email }
  if (known.size >= mostRemembered) known.clear()
  known.set(token, { viewer, expires: exp * 1000 })
  return viewer
}

/** @returns who sent the request. No database is asked. */
export function viewerOfRequest(request: Request): Promise<Viewer | null> {
  const cookies = request.headers.get('cookie') ?? ''
  const prefix = `${sessionCookie}=`
  const token = cookies
    .split(/;\s*/)
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length)
  return viewerOfToken(token)
}
