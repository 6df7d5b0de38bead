import { z } from 'zod'

/** Methods whose map gives each pixel a number of its own. */
export const attributionMethodSchema = z.enum(['saliency', 'smooth-grad', 'integrated-gradients'])
export type AttributionMethod = z.infer<typeof attributionMethodSchema>
