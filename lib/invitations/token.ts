import { createHash, randomBytes } from 'node:crypto'

/** How long an invitation can be used. */
export const invitationDays = 14

/** A way into an account: the token is told once, and its hash is kept. */
export interface NewToken {
  /** 256 random bits, base64url. */
  readonly token: string
  readonly tokenHash: string
  readonly expiresAt: Date
}

export function newToken(now: Date): NewToken {
  const token = randomBytes(32).toString('base64url')
  return {
    token,
    tokenHash: hashToken(token),
    expiresAt: new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000),
  }
}

/** A random token of 256 bits needs no salt and no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Where the invitation is accepted, from the root of the site. */
export function invitationPath(token: string): string {
  return `/invitations/${token}`
}
