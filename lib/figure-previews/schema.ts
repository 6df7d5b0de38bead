import { z } from 'zod'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { pictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import { modelNameSchema } from '@/lib/explorations/schema'
import type { FigureMaterial, Preview, SentenceWord } from '@/lib/figure-previews/view'
import { figureStateSchema } from '@/lib/figures/schema'
import { bilingualSchema } from '@/lib/questions/content'
import type { Member } from '@/lib/schema-form/field'

export const previewRequestSchema = z.strictObject({ spec: figureSpecSchema })

export const previewSchema: z.ZodType<Preview> = z.object({ requestId: z.string(), state: figureStateSchema })

/** `stopped`: nobody else waits for the figure, and it is computed no further. */
export const withdrawnSchema = z.object({ stopped: z.boolean() })

const members = z.array(z.custom<Member>())

export const figureMaterialSchema: z.ZodType<FigureMaterial> = z.object({
  pictures: z.array(z.object({ name: pictureNameSchema, title: bilingualSchema, address: z.string() })),
  classifiers: z.array(
    z.object({
      name: z.string(),
      classes: z.array(z.string()),
      layers: z.array(
        z.object({
          index: z.int(),
          type: z.custom<FigureMaterial['classifiers'][number]['layers'][number]['type']>(),
          channels: z.int(),
        }),
      ),
      parameters: z.object({
        homework: z.record(z.string(), members),
        paper: z.record(z.string(), members),
      }),
    }),
  ),
  languageModels: z.array(
    z.object({ name: z.string(), layers: z.int(), heads: z.int(), answersQuestions: z.boolean() }),
  ),
  corpora: z.array(z.string()),
  passages: z.array(z.string()),
  sentences: z.array(z.string()),
})

export const wordsQuerySchema = z.strictObject({
  model: modelNameSchema,
  sentence: z.string().trim().min(1).max(500),
})

export const sentenceWordsSchema: z.ZodType<{ readonly words: readonly SentenceWord[] }> = z.object({
  words: z.array(z.object({ text: z.string(), pieces: z.array(z.string()) })),
})
