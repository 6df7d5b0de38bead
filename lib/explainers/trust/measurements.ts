import { z } from 'zod'
import { randomizedDepths } from '../classifier'

/** What is measured about one map; see docs/trust.md for definitions, units and ranges. */

const correlation = z.number().nullable()
const curve = z.object({
  /** Area under the curve, 0 to 1. */
  area: z.number(),
  /** Mean of the same over random orders. */
  random: z.number(),
})

export const trustMeasurementsSchema = z.object({
  deletion: curve,
  insertion: curve,
  /** null: the map does not claim to add up to anything. */
  completeness: z
    .object({ sum: z.number(), change: z.number(), error: z.number(), relative: z.number().nullable() })
    .nullable(),
  /** Means over the pairs of maps with these seeds; null: there is no chance in the method. */
  seeds: z.object({ seeds: z.array(z.int()), correlation, overlap: z.number() }).nullable(),
  /** With the map of the model whose weights are drawn anew down to a depth. */
  randomization: z.array(z.object({ depth: z.enum(randomizedDepths), correlation, overlap: z.number() })),
  /** Names objects, which questions ask for: for students only with the key. Empty: no object of the class is known. */
  pointing: z.array(
    z.object({ object: z.object({ zh: z.string(), en: z.string() }), hit: z.number(), chance: z.number() }),
  ),
})

export type TrustMeasurements = z.infer<typeof trustMeasurementsSchema>
