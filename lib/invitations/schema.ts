import { z } from 'zod'
import { longestPassword } from '@/lib/auth/password'
import { shortestPassword } from '@/lib/invitations/password-length'

export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export const acceptanceSchema = z.strictObject({
  password: z.string().min(shortestPassword).max(longestPassword),
})
