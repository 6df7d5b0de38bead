import { z } from 'zod'
import { progressSteps } from '@/lib/figures/progress'
import type { FigureState, FigureView, PointingGameView } from '@/lib/figures/view'
import { bilingualSchema } from '@/lib/questions/content'

export const figureHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')

export const assetNameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i)

/** `?request=ID&request=ID`: one or several. */
export const figureRequestsSchema = z.strictObject({
  request: z
    .union([figureHashSchema, z.array(figureHashSchema)])
    .transform((value) => [...new Set([value].flat())])
    .pipe(z.array(figureHashSchema).min(1).max(100)),
})

export const composeQuerySchema = z.strictObject({
  language: z.enum(['zh', 'en']).default('en'),
  theme: z.enum(['light', 'dark']).default('light'),
})

const secondsLeft = z.int().nullable()

export const figureStateSchema: z.ZodType<FigureState> = z.discriminatedUnion('status', [
  z.object({ requestId: z.string(), status: z.literal('queued'), ahead: z.int(), secondsLeft }),
  z.object({
    requestId: z.string(),
    status: z.literal('computing'),
    step: z.enum(progressSteps),
    done: z.int(),
    total: z.int(),
    secondsLeft,
  }),
  z.object({ requestId: z.string(), status: z.literal('ready'), figureId: z.string() }),
  z.object({
    requestId: z.string(),
    status: z.literal('failed'),
    code: z.string(),
    message: bilingualSchema,
  }),
])

export const figureStatesSchema: z.ZodType<{ readonly figures: readonly FigureState[] }> = z.object({
  figures: z.array(figureStateSchema),
})

/** The document and manifest are described in lib/explainers/figures/document.ts, which made and stored them. */
export const figureViewSchema = z.object({
  figureId: z.string(),
  document: z.custom<FigureView['document']>(),
  manifest: z.custom<FigureView['manifest']>(),
  seconds: z.number(),
})

export const askedSchema = z.object({ asked: z.literal(true) })

/** null: not released (yet), or the maps have not been tested. */
export const pointingGamesSchema: z.ZodType<{ readonly games: readonly PointingGameView[] | null }> =
  z.object({
    games: z
      .array(z.object({ map: bilingualSchema, object: bilingualSchema, hit: z.number(), chance: z.number() }))
      .nullable(),
  })
