import { z } from 'zod'
import type { KeyCheckState } from '@/lib/verification/view'

/** Seeds that a check may try where chance takes part. Each costs as much as all figures with chance in them. */
export const mostSeeds = 10

export const keyCheckRequestSchema = z.strictObject({
  /** Parts to check; left out: all. */
  partIds: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
  seeds: z.int().min(1).max(mostSeeds).default(3),
})

export const keyCheckStateSchema: z.ZodType<KeyCheckState> = z.object({
  status: z.enum(['queued', 'computing', 'done', 'failed']),
  done: z.int(),
  total: z.int(),
})

export const latestKeyCheckSchema = z.object({ run: keyCheckStateSchema.nullable() })
