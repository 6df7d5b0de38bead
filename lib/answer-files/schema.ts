import { z } from 'zod'
import type { AnswerFileReport } from '@/lib/answer-files/mutations'

/** What the route of answer files receives and answers. */

export const answerFileImportSchema = z.strictObject({
  /** The file's text. */
  file: z.string().min(1).max(220_000),
  /** false: only say what would happen. */
  apply: z.boolean(),
  /** Whether answers may be stored although the attempt has ended. */
  acceptLate: z.boolean(),
})

export const answerFileReportSchema: z.ZodType<AnswerFileReport> = z.object({
  student: z.object({ name: z.string(), email: z.string() }),
  attemptNumber: z.int(),
  madeAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  parts: z.array(
    z.object({
      partId: z.string(),
      label: z.string(),
      status: z.enum(['new', 'same', 'older', 'invalid']),
      filed: z.array(z.string()),
      stored: z.array(z.string()),
      chosenAt: z.iso.datetime(),
    }),
  ),
  applied: z.boolean(),
  points: z.object({ before: z.int(), after: z.int() }).nullable(),
})
