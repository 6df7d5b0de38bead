import { z } from 'zod'
import type { ReceiptCheck } from '@/lib/submission/data'

export const shownReceiptSchema = z.strictObject({ receipt: z.string().min(1).max(5000) })

export const receiptCheckSchema: z.ZodType<ReceiptCheck> = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.enum(['form', 'signature', 'unknown', 'other']) }),
  z.object({
    verdict: z.literal('valid'),
    name: z.string(),
    email: z.string(),
    number: z.int(),
    submittedAt: z.iso.datetime(),
    submittedByServer: z.boolean(),
    answered: z.int(),
    sameAnswers: z.boolean(),
    supersededAt: z.iso.datetime().nullable(),
  }),
])
