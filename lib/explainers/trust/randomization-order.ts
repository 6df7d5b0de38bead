import { z } from 'zod'

/** `cascading`: a stage draws its layer and all behind it. `independent`: its layer alone, the others as trained. */
export const randomizationOrderSchema = z.enum(['cascading', 'independent'])
export type RandomizationOrder = z.infer<typeof randomizationOrderSchema>

/** Times that weights are drawn, from a seed and those that follow it. */
export const drawsSchema = z.int().min(1).max(10).default(3)
