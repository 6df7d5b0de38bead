import { z } from 'zod'
import { type JobKind, jobLineStates } from '@/lib/operations/view'

const kinds = [
  'figure',
  'tests',
  'preview',
  'check',
  'trial',
  'variant',
  'model',
  'exploration',
  'corpus-index',
  'look',
  'model-pull',
] as const satisfies readonly JobKind[]

/** Kinds that can be chosen. */
export const jobKinds: readonly JobKind[] = kinds

/** Which jobs are shown, as the address of the page says; what it does not know it leaves out. */
export const jobFilterSchema = z.object({
  state: z.enum(jobLineStates).optional().catch(undefined),
  kind: z.enum(kinds).optional().catch(undefined),
  course: z.string().min(1).max(100).optional().catch(undefined),
})
export type JobFilter = z.output<typeof jobFilterSchema>

/** Jobs by their keys. */
export const jobKeysSchema = z.strictObject({
  keys: z
    .array(z.string().regex(/^[a-z-]+:.{1,200}$/))
    .min(1)
    .max(500),
})

export const jobsChangedSchema = z.object({ changed: z.int() })
