import { z } from 'zod'
import { topicSchema } from '@/lib/questions/content'
import type { Scoreboard } from '@/lib/scoreboard/view'

const momentSchema = z.iso.datetime().nullable()

export const scoreboardSchema: z.ZodType<Scoreboard> = z.object({
  at: z.iso.datetime(),
  asOf: z.iso.datetime().nullable(),
  maximum: z.int(),
  students: z.array(
    z.object({
      userId: z.string(),
      name: z.string(),
      email: z.string(),
      simulated: z.boolean(),
      section: z.string().nullable(),
      state: z.enum(['not-started', 'working', 'submitted']),
      startedAt: momentSchema,
      submittedAt: momentSchema,
      lastSavedAt: momentSchema,
      answeredParts: z.int(),
      parts: z.int(),
      points: z.int().nullable(),
      maximum: z.int().nullable(),
      minutes: z.number().nullable(),
    }),
  ),
  parts: z.array(
    z.object({
      partId: z.string(),
      questionId: z.string(),
      label: z.string(),
      position: z.int(),
      topic: topicSchema,
      maximum: z.int(),
      asked: z.int(),
      answered: z.int(),
      scored: z.int(),
      points: z.int(),
    }),
  ),
  sections: z.array(z.object({ sectionId: z.string(), name: z.string() })),
})
