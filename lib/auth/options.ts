import type { NextAuthOptions } from 'next-auth'
import type { CredentialsConfig, OAuthConfig } from 'next-auth/providers/index'
import { z } from 'zod'
import { signInThroughInstitution, signInWithPassword } from '@/lib/auth/mutations'
import { sessionCookie, sessionMaxAge } from '@/lib/auth/session'
import { formatThrottled } from '@/lib/auth/sign-in-error'
import { environment } from '@/lib/environment'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'

const credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) })

/** An error whose message next-auth passes to the sign-in page as it is. */
class SignInRefusal extends Error {}

const passwordProvider: CredentialsConfig = {
  id: 'credentials',
  name: 'Email and password',
  type: 'credentials',
  credentials: { email: { type: 'email' }, password: { type: 'password' } },
  async authorize(given, request) {
    const parsed = credentials.safeParse(given)
    if (!parsed.success) return null
    try {
      const { email, password } = parsed.data
      const outcome = await signInWithPassword(email, password, callerAddress(request.headers))
      metrics().signIns.inc({ outcome: outcome.kind })
      if (outcome.kind === 'throttled') throw new SignInRefusal(formatThrottled(outcome.seconds))
      if (outcome.kind === 'wrong') return null
      const { userId, name, email: account } = outcome.viewer
      return { id: userId, name, email: account }
    } catch (error) {
      if (error instanceof SignInRefusal) throw error
      log.error({ error }, 'sign-in failed')
      throw new SignInRefusal('unavailable')
    }
  },
}

/** The nearest machine before ours: the last entry is the one that a caller cannot choose. */
function callerAddress(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.['x-forwarded-for']
  return (typeof forwarded === 'string' && forwarded.split(',').at(-1)?.trim()) || 'unknown'
}

const institutionProfile = z.object({
  sub: z.string().min(1),
  email: z.email(),
  /** Absent at institutions that only know addresses of their own. */
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
})

function institutionProvider(): OAuthConfig<unknown> | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = environment()
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null
  return {
    id: 'institution',
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    profile(given) {
      const { sub, email, name } = institutionProfile.parse(given)
      return { id: sub, email, name: name ?? email }
    },
  }
}

/**
 * next-auth's settings for one request.
 * @param secure whether the browser came by https; decides the cookies' `Secure`.
 */
export function authOptions(secure: boolean): NextAuthOptions {
  const institution = institutionProvider()
  const cookie = (name: string) => ({
    name: `vitrine.${name}`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  })
  return {
    secret: environment().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionMaxAge },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: institution ? [passwordProvider, institution] : [passwordProvider],
    useSecureCookies: secure,
    cookies: {
      sessionToken: { ...cookie('session'), name: sessionCookie },
      callbackUrl: cookie('callback-url'),
      csrfToken: cookie('csrf-token'),
      pkceCodeVerifier: { ...cookie('pkce'), options: { ...cookie('pkce').options, maxAge: 900 } },
      state: { ...cookie('state'), options: { ...cookie('state').options, maxAge: 900 } },
      nonce: cookie('nonce'),
    },
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== 'institution') return true
        const given = institutionProfile.safeParse(profile)
        if (!given.success || given.data.email_verified === false) return false
        const viewer = await signInThroughInstitution(given.data.email, given.data.name ?? given.data.email)
        if (!viewer) return false
        // From here on the account's own id and name, as for a sign-in with a password.
        Object.assign(user, { id: viewer.userId, name: viewer.name, email: viewer.email })
        return true
      },
      jwt({ token, user }) {
        if (!user) return token
        return {
          sub: user.id,
          name: user.name?.slice(0, 200) ?? '',
          email: user.email ?? '',
          since: Date.now(),
        }
      },
      session({ session, token }) {
        return { ...session, user: { id: token.sub, name: token.name, email: token.email } }
      },
    },
    logger: {
      error: (code, metadata) => log.error({ code, metadata }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => {},
    },
  }
}

/** What the sign-in page offers besides a password; null when no institution is set up. */
export function institutionName(): string | null {
  return institutionProvider()?.name ?? null
}
