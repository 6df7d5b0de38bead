import { z } from 'zod'
import { attributionMethodSchema } from '../attribution-method'
import { pictureNameSchema } from '../pictures/picture-name-schema'
import { drawsSchema, randomizationOrderSchema } from '../trust/randomization-order'

/**
 * The vocabulary of measurements: what is measured, as data. Each gives one quantity of several subjects; which ones
 * is said at each. `measurements/` computes them, `quantities.ts` puts them into words.
 */

const picture = pictureNameSchema
const pictures = z.array(picture).min(1).max(10)
/** English name of a region of the picture. */
const region = z.string().min(1)
/** Start of the random numbers of the run that figures show. Stability repeats it with others. */
const seed = z.int().min(0).max(0xffffffff).default(16)
const layer = z.int().min(0)
const filter = z.int().min(0)
const steps = z.int().min(1).max(1000)
const sentence = z.string().trim().min(1).max(2000)
const word = z.string().min(1)
const head = z.int().min(1)
const layers = z.array(z.int().min(0)).min(1).max(24)
const layerGroups = z
  .array(z.tuple([z.int().min(1), z.int().min(1)]).refine(([first, last]) => first <= last))
  .min(2)

/** A region, or what belongs to it: the ring along its outline, its shadowed pixels, or those in the light. */
export const regionPartSchema = z.strictObject({
  id: z.string().min(1),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  region,
  part: z.enum(['whole', 'outline', 'shadow', 'light']).default('whole'),
})

export const measurementSchema = z.discriminatedUnion('measure', [
  // LIME ---------------------------------------------------------------------
  /** Subjects: regions. LIME's weight summed over the region, in thousandths of the picture's pixels. */
  z.strictObject({ measure: z.literal('region-weight'), picture, seed }),
  /** Subjects: `positive`, `negative`. Share of the region with a LIME weight above 0.05, below −0.05. */
  z.strictObject({ measure: z.literal('weight-signs'), picture, region, seed }),
  /** Subjects: regions. Change of the target's logit when the region is filled with its own mean colour. */
  z.strictObject({ measure: z.literal('region-removal'), picture }),
  /** Subjects: `positive`, `negative`. Change of the logit when the superpixels LIME shows in that colour are hidden. */
  z.strictObject({ measure: z.literal('colour-removal'), picture, seed }),
  /** Subjects: pictures. 1 − Spearman's ρ between a superpixel's positive LIME weight and its mean saliency. */
  z.strictObject({ measure: z.literal('map-disagreement'), pictures: pictures.min(2), seed }),

  // Attribution maps ---------------------------------------------------------
  /** Subjects: regions. Share of the attribution inside the region ÷ its share of the area. */
  z.strictObject({
    measure: z.literal('region-enrichment'),
    method: attributionMethodSchema,
    picture,
    seed,
  }),
  /** Subjects: methods. Mean over pictures of the enrichment of the regions that are food. */
  z.strictObject({
    measure: z.literal('food-enrichment'),
    methods: z.array(attributionMethodSchema).min(2),
    foods: z.array(z.strictObject({ picture, regions: z.array(region).min(1) })).min(1),
    seed,
  }),
  /** Subjects: pictures. Shared part of the strongest `share` of pixels of two maps, both smoothed by a Gaussian. */
  z.strictObject({
    measure: z.literal('map-overlap'),
    methods: z.tuple([attributionMethodSchema, attributionMethodSchema]),
    pictures,
    share: z.number().gt(0).lt(1).default(0.1),
    /** Deviation of the Gaussian in pixels. */
    smoothing: z.number().min(0).max(20).default(4),
    seed,
  }),
  /** Subjects: solids. Correlation of the map with the drawing of a solid as large as the region. */
  z.strictObject({
    measure: z.literal('solid-likeness'),
    method: attributionMethodSchema,
    picture,
    region,
    seed,
  }),
  /** Subjects: numbers of steps. Pearson's r of the integrated gradients with those of `reference` steps. */
  z.strictObject({
    measure: z.literal('steps-likeness'),
    picture,
    reference: steps,
    steps: z.array(steps).min(1).max(6),
  }),
  /** Subjects: numbers of steps. Largest attribution ÷ mean attribution: 1 for a map without bright spots. */
  z.strictObject({ measure: z.literal('steps-contrast'), picture, steps: z.array(steps).min(1).max(6) }),
  /** Subjects: pictures. Largest saliency of the picture ÷ that of the picture where it is smallest. */
  z.strictObject({ measure: z.literal('gradient-scale'), pictures: pictures.min(2) }),
  /** Subject: `correlation`, Pearson's r between |∂loss/∂input| and finite differences at random values of the input. */
  z.strictObject({
    measure: z.literal('finite-differences'),
    picture,
    places: z.int().min(8).max(512).default(48),
    seed,
  }),
  /** Subjects: `before`, `after`: mean luminance of SmoothGrad as drawn; `moved`: whether the brightest place moves. */
  z.strictObject({ measure: z.literal('normalization-effect'), picture, seed }),

  // Sanity checks ------------------------------------------------------------
  /** Subjects: `output`, `linear`, `all`: weights drawn anew down to there. Spearman's ρ with the trained model's map. */
  z.strictObject({ measure: z.literal('cascade-likeness'), method: attributionMethodSchema, picture, seed }),
  /**
   * Subjects: steps from 1, each with one layer more, from the output (`cascading`), or with its layer alone. Likeness
   * to the trained model's map, the mean over the draws.
   */
  z.strictObject({
    measure: z.literal('layer-likeness'),
    method: attributionMethodSchema,
    picture,
    order: randomizationOrderSchema.default('cascading'),
    by: z.enum(['absolute', 'signed', 'ssim', 'hog']).default('absolute'),
    draws: drawsSchema,
    seed,
  }),
  /** Subjects: `trained`, `output`, `linear`, `all`. Spearman's ρ of the map with the picture's Sobel edges. */
  z.strictObject({ measure: z.literal('edge-likeness'), method: attributionMethodSchema, picture, seed }),
  /**
   * Subjects: `change` of the logit from black to the picture, `logit`, `probability`, `zero`. Distance of the sum of
   * integrated gradients, each times picture − black, from it.
   */
  z.strictObject({ measure: z.literal('attribution-sum'), picture, steps: steps.default(10) }),
  /** Subjects: numbers of copies. Spearman's ρ of SmoothGrad with this seed and with the next. */
  z.strictObject({
    measure: z.literal('seed-agreement'),
    picture,
    samples: z.array(z.int().min(1).max(1000)).min(1).max(4),
    seed,
  }),
  /** Subjects: regions. Share of the integrated gradients × (picture − baseline) ÷ share of the area. */
  z.strictObject({
    measure: z.literal('contribution-density'),
    picture,
    baseline: z.enum(['black', 'white']).default('black'),
  }),

  // Filters ------------------------------------------------------------------
  /** Subjects: the parts given. Activation of one filter, by mean, 95th percentile or maximum. */
  z.strictObject({
    measure: z.literal('region-activation'),
    picture,
    layer,
    filter,
    statistic: z.enum(['mean', 'p95', 'maximum']).default('mean'),
    parts: z.array(regionPartSchema).min(2),
  }),
  /** Subjects: layers. Energy of the Laplacian ÷ energy of the map, enlarged to the picture; mean over pictures. */
  z.strictObject({ measure: z.literal('activation-sharpness'), pictures, layers, filter }),
  /** Subject: `correlation`, Pearson's r of two layers' activations, both enlarged and smoothed; mean over pictures. */
  z.strictObject({
    measure: z.literal('activation-likeness'),
    pictures,
    layers: z.tuple([layer, layer]),
    filter,
  }),
  /** Subjects: kinds of layer. 1 for the kind of this layer, 0 for the others. */
  z.strictObject({ measure: z.literal('layer-kind'), layer }),

  // Attention ----------------------------------------------------------------
  /** Subjects: `next`, `previous`, `same`, `period`, `special`. Largest over layers of the head's weight ÷ an even share. */
  z.strictObject({ measure: z.literal('head-focus'), sentence, head }),
  /** Subjects: layers, as exBERT counts them. Lead of the part of speech among the nearest words, as a share of them. */
  z.strictObject({
    measure: z.literal('masked-part-of-speech'),
    sentence,
    word,
    partOfSpeech: z.string().min(1),
    neighbours: z.int().min(1).max(500).default(50),
  }),
  /** Subjects: the most probable tokens at the masked word, and `tokens`. Probability. */
  z.strictObject({ measure: z.literal('masked-words'), sentence, word, tokens: z.array(word).min(1) }),
  /** Subject: the token. Its probability at the masked word, minus that with `also` masked too. */
  z.strictObject({ measure: z.literal('masked-drop'), sentence, word, also: word, token: word }),
  /** Subjects: layers. Attention weight of the head from one word to another ÷ an even share, 1/tokens. */
  z.strictObject({ measure: z.literal('head-weight'), sentence, from: word, to: word, head, layers }),

  // Embeddings ---------------------------------------------------------------
  /** Subjects: layers. Distance of the answer from the other words' centre ÷ their mean distance; mean over passages. */
  z.strictObject({ measure: z.literal('answer-distance'), layers }),
  /** Subjects: groups of layers, `7-9`. Cosine of the question with the relevant sentence − with the rest of the passage. */
  z.strictObject({ measure: z.literal('question-matching'), groups: layerGroups }),
  /** Subjects: groups of layers. Share of a word's nearest neighbours in its own sentence, above chance. */
  z.strictObject({ measure: z.literal('sentence-clustering'), groups: layerGroups }),
  /** Subjects: `cosine 果`. Separation of two groups of sentences, in deviations within the blocks, at one layer. */
  z.strictObject({
    measure: z.literal('group-separation'),
    choices: z
      .array(z.strictObject({ metric: z.enum(['cosine', 'euclidean']), part: z.string().min(1) }))
      .min(2),
    layer: z.int().min(0),
  }),
  /** Subjects: layers. Cosine similarity of a word in two sentences, counted from 1. */
  z.strictObject({
    measure: z.literal('pair-similarity'),
    part: z.string().min(1),
    sentences: z.tuple([z.int().min(1), z.int().min(1)]),
    layers: layers.min(3),
  }),
  /**
   * Subjects: `position`, `length`, `meaning`, `occurrences`. Share of pairs of sentences in which the word's layer-0
   * embeddings are equal exactly when this property of them is.
   */
  z.strictObject({ measure: z.literal('embedding-dependence'), part: z.string().min(1) }),
])

const names = measurementSchema.options.map(({ shape }) => shape.measure.value)
export const measurementNameSchema = z.enum(names as [MeasurementName, ...MeasurementName[]])

export type Measurement = z.infer<typeof measurementSchema>
export type MeasurementInput = z.input<typeof measurementSchema>
export type MeasurementName = Measurement['measure']
export type MeasurementOf<Name extends MeasurementName> = Extract<Measurement, { measure: Name }>
export type RegionPart = z.infer<typeof regionPartSchema>

/** The kinds of model that measurements are made on. */
export const MODEL_ROLES = ['classifier', 'masked-language', 'chinese', 'question-answering'] as const
export type ModelRole = (typeof MODEL_ROLES)[number]

type Roles = { readonly [Name in MeasurementName]?: ModelRole }

/** Of all that is not measured on the classifier. */
const roles = {
  'head-focus': 'masked-language',
  'masked-part-of-speech': 'masked-language',
  'masked-words': 'masked-language',
  'masked-drop': 'masked-language',
  'head-weight': 'masked-language',
  'answer-distance': 'question-answering',
  'question-matching': 'question-answering',
  'sentence-clustering': 'question-answering',
  'group-separation': 'chinese',
  'pair-similarity': 'chinese',
  'embedding-dependence': 'chinese',
} as const satisfies Roles

/** What is measured on language models. */
export type LanguageMeasurementName = keyof typeof roles

/** @returns the kind of model that the measurement is made on. */
export function roleOf({ measure }: Pick<Measurement, 'measure'>): ModelRole {
  return (roles as Roles)[measure] ?? 'classifier'
}

/** @returns whether chance takes part: whether another seed can give other numbers. */
export function isRandom(measurement: Measurement): boolean {
  switch (measurement.measure) {
    case 'region-weight':
    case 'weight-signs':
    case 'colour-removal':
    case 'map-disagreement':
    case 'finite-differences':
    case 'normalization-effect':
    case 'cascade-likeness':
    case 'layer-likeness':
    case 'edge-likeness':
    case 'seed-agreement':
      return true
    case 'region-enrichment':
    case 'solid-likeness':
      return measurement.method === 'smooth-grad'
    case 'food-enrichment':
    case 'map-overlap':
      return measurement.methods.includes('smooth-grad')
    default:
      return false
  }
}

/** @returns the measurement with another seed; itself where no chance takes part. */
export function withSeed<M extends Measurement>(measurement: M, seed: number): M {
  return 'seed' in measurement && isRandom(measurement) ? { ...measurement, seed } : measurement
}
