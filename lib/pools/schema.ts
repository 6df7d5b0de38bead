import { z } from 'zod'
import { idSchema } from '@/lib/attempts/schema'
import { titleSchema } from '@/lib/authoring/schema'

/** What an assignment draws: all of its pools in their order. Questions that are in none are for every attempt. */
export const poolsSchema = z.strictObject({
  /** That is replaced; another one meanwhile refuses it. 0: no pools were ever saved. */
  revision: z.int().min(0),
  pools: z
    .array(
      z
        .strictObject({
          title: titleSchema,
          draw: z.int().min(1).max(1000),
          questionIds: z.array(idSchema).min(1).max(1000),
        })
        .refine(({ draw, questionIds }) => draw <= questionIds.length, {
          path: ['draw'],
          error: 'expected at most as many as the pool has questions',
        }),
    )
    .max(100),
})

export const savedPoolsSchema = z.object({ set: z.literal(true), revision: z.int() })

export type PoolsInput = z.output<typeof poolsSchema>
