import { z } from 'zod'

/** What may be asked of the history. */
export const auditQuerySchema = z.object({
  /** Words that a line must have, in any of its fields. */
  q: z.string().trim().max(200).default(''),
  /** Lines older than this one. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})

export type AuditQuery = z.output<typeof auditQuerySchema>
