import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import {
  variantDealingSchema,
  variantDealtSchema,
  variantRequestReplySchema,
  variantRequestSchema,
  variantsViewSchema,
  variantTextsSaveSchema,
} from '@/lib/variants/schema'

const questionParams = z.strictObject({ questionId: idSchema })
const variantParams = z.strictObject({ questionId: idSchema, variantId: idSchema })

/** The same question on other pictures, with the key recomputed from its claims. */
export const variantContracts = {
  readVariants: {
    method: 'GET',
    path: '/api/questions/{questionId}/variants',
    summary:
      'For instructors: the variants of a question, what was measured of each, and what its texts say; null before the first version',
    access: 'signed-in',
    params: questionParams,
    reply: { schema: z.object({ view: variantsViewSchema.nullable() }) },
    problems: [],
  },
  makeVariant: {
    method: 'POST',
    path: '/api/questions/{questionId}/variants',
    summary: 'For instructors: have a variant made; the worker measures its claims on the other pictures',
    access: 'signed-in',
    params: questionParams,
    body: variantRequestSchema,
    reply: { schema: variantRequestReplySchema },
    problems: ['version-outdated', 'figure-impossible', 'variant-limit'],
  },
  saveVariantTexts: {
    method: 'PUT',
    path: '/api/questions/{questionId}/variant-texts',
    summary: 'For instructors: what variants that are made from now on say, with placeholders',
    access: 'signed-in',
    params: questionParams,
    body: variantTextsSaveSchema,
    reply: { schema: z.object({ saved: z.literal(true) }) },
    problems: ['version-outdated'],
  },
  setVariantDealing: {
    method: 'PUT',
    path: '/api/questions/{questionId}/variant-dealing',
    summary:
      'For instructors: whether attempts that begin from now on get the question or one of its variants',
    access: 'signed-in',
    params: questionParams,
    body: variantDealingSchema,
    reply: { schema: variantDealingSchema },
    problems: [],
  },
  setVariantDealt: {
    method: 'PUT',
    path: '/api/questions/{questionId}/variants/{variantId}',
    summary: 'For instructors: let a variant that one has read be dealt, or take it back',
    access: 'signed-in',
    params: variantParams,
    body: variantDealtSchema,
    reply: { schema: variantDealtSchema },
    problems: [],
  },
  removeVariant: {
    method: 'DELETE',
    path: '/api/questions/{questionId}/variants/{variantId}',
    summary: 'For instructors: remove a variant, or cancel its making',
    access: 'signed-in',
    params: variantParams,
    reply: { schema: z.object({ removed: z.literal(true) }) },
    problems: ['variant-in-use'],
  },
} as const satisfies { readonly [name: string]: Contract }
