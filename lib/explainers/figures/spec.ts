import { z } from 'zod'
import { attributionMethodSchema } from '../attribution-method'
import type { PictureName } from '../pictures/picture-name'
import { pictureNameSchema } from '../pictures/picture-name-schema'
import { drawsSchema, randomizationOrderSchema } from '../trust/randomization-order'
import { languageFigureSpecs } from './language-spec'

/**
 * What a figure shows, as data that a question's author writes: a layout, the pictures, and the parameters of the
 * explainers. Everything else (captions, scales, alternative text) follows from the evidence.
 */

export const mapMethodSchema = z.enum(['lime', 'saliency', 'smooth-grad', 'integrated-gradients'])
export type MapMethod = z.infer<typeof mapMethodSchema>

export const methodSchema = z.enum([...mapMethodSchema.options, 'filter-activation', 'filter-visualization'])

const picture = pictureNameSchema
const pictures = z
  .array(picture)
  .min(1)
  .max(10)
  .refine((names) => new Set(names).size === names.length, 'each picture may be named once')
const layer = z.int().min(0)
const filter = z.int().min(0)

const shared = {
  /** Folder of the model under models/. */
  model: z.string().min(1).default('food-cnn'),
  variant: z.enum(['homework', 'paper']).default('homework'),
  /** Start of every random stream; methods without chance ignore it. 16, as in the course's notebook. */
  seed: z.int().min(0).max(0xffffffff).default(16),
  /** Explainer parameters that differ from their defaults, by method: `{ lime: { samples: 2000 } }`. */
  parameters: z.partialRecord(methodSchema, z.record(z.string(), z.json())).default({}),
}

const pictureFigureSpecs = [
  /** Each picture beside the maps that the methods make of it. */
  z.strictObject({
    layout: z.literal('maps'),
    ...shared,
    pictures,
    methods: z.array(mapMethodSchema).min(1),
  }),
  /** LIME without the words of its legend, and the picture with either colour's superpixels hidden, with logits. */
  z.strictObject({ layout: z.literal('occlusion'), ...shared, picture }),
  /** Superpixels → perturbed copies with their logits → weighted regression. */
  z.strictObject({
    layout: z.literal('lime-steps'),
    ...shared,
    picture,
    copies: z.int().min(1).max(8).default(5),
  }),
  /** Saliency of several pictures on one common scale and on one scale each, and the largest gradients as bars. */
  z.strictObject({ layout: z.literal('scale-comparison'), ...shared, pictures: pictures.min(2) }),
  /** A picture, some noisy copies with a saliency map each, and the mean over all copies. */
  z.strictObject({
    layout: z.literal('noisy-copies'),
    ...shared,
    picture,
    copies: z.int().min(1).max(6).default(4),
  }),
  /** SmoothGrad as computed and after min-max normalisation. */
  z.strictObject({ layout: z.literal('normalization'), ...shared, pictures }),
  /** Activation of one filter in one or several layers. */
  z.strictObject({
    layout: z.literal('layers-activation'),
    ...shared,
    pictures,
    layers: z.array(layer).min(1).max(8),
    filter: filter.default(0),
  }),
  /** Activation and visualisation of the same filter. */
  z.strictObject({ layout: z.literal('filter-pair'), ...shared, pictures, layer, filter: filter.default(0) }),
  /** Filter visualisation, and the network as a strip of numbered layers. */
  z.strictObject({ layout: z.literal('layer-strip'), ...shared, picture, layer, filter: filter.default(0) }),
  /** Integrated gradients with different numbers of steps. */
  z.strictObject({
    layout: z.literal('integration-steps'),
    ...shared,
    pictures,
    steps: z.array(z.int().min(1).max(1000)).min(2).max(6).default([10, 20, 50, 200]),
  }),
  /** The pictures on the straight path from the black baseline, and the map made from them. */
  z.strictObject({
    layout: z.literal('path'),
    ...shared,
    picture,
    steps: z.int().min(2).max(20).default(10),
  }),
  /** Maps while the weights are drawn anew from the output down; beside them, an edge detector. */
  z.strictObject({
    layout: z.literal('cascade'),
    ...shared,
    picture,
    methods: z
      .array(attributionMethodSchema)
      .min(1)
      .max(3)
      .refine((names) => new Set(names).size === names.length, 'each method may be named once'),
    edges: z.boolean().default(false),
  }),
  /** A map while one layer after another is drawn anew, and by how much it changes. */
  z.strictObject({
    layout: z.literal('layer-randomization'),
    ...shared,
    picture,
    method: attributionMethodSchema,
    order: randomizationOrderSchema.default('cascading'),
    draws: drawsSchema,
  }),
  /** What integrated gradients add up to by the number of steps, beside the logits of both ends of the path. */
  z.strictObject({
    layout: z.literal('completeness'),
    ...shared,
    picture,
    steps: z.array(z.int().min(1).max(1000)).min(2).max(6).default([2, 5, 10, 50, 200]),
  }),
  /** SmoothGrad of few and of many copies, with the seed and with the next one. */
  z.strictObject({
    layout: z.literal('sample-sizes'),
    ...shared,
    picture,
    samples: z.array(z.int().min(1).max(1000)).min(2).max(4).default([1, 10, 100]),
  }),
  /** Integrated gradients from the black and from the white baseline, as the paper defines them. */
  z.strictObject({ layout: z.literal('baselines'), ...shared, picture }),
  /** How far maps can be trusted: a row of measures and a pair of curves for each. */
  z.strictObject({
    layout: z.literal('trust'),
    ...shared,
    maps: z
      .array(z.strictObject({ method: mapMethodSchema, picture, steps: z.int().min(1).max(1000).optional() }))
      .min(1)
      .max(40),
  }),
] as const

const pictureFigureSpecSchema = z.discriminatedUnion('layout', pictureFigureSpecs)
const languageFigureSpecSchema = z.discriminatedUnion('layout', languageFigureSpecs)
export const figureSpecSchema = z.discriminatedUnion('layout', [
  ...pictureFigureSpecs,
  ...languageFigureSpecs,
])

export type FigureSpec = z.infer<typeof figureSpecSchema>
/** Figures of the classifier. */
export type PictureFigureSpec = z.infer<typeof pictureFigureSpecSchema>
/** Figures of a language model. */
export type LanguageFigureSpec = z.infer<typeof languageFigureSpecSchema>

const languageLayouts: ReadonlySet<string> = new Set(
  languageFigureSpecs.map(({ shape }) => shape.layout.value),
)

export function isLanguageSpec(spec: FigureSpec): spec is LanguageFigureSpec {
  return languageLayouts.has(spec.layout)
}

/** @returns the names of the pictures that a figure shows, in its order. */
export function picturesOf(spec: FigureSpec): readonly PictureName[] {
  if ('pictures' in spec) return spec.pictures
  if ('maps' in spec) return [...new Set(spec.maps.map((map) => map.picture))]
  return 'picture' in spec ? [spec.picture] : []
}

/** @returns the same figure of other pictures. */
export function withPictures<Spec extends FigureSpec>(
  spec: Spec,
  other: (name: PictureName) => PictureName,
): Spec {
  if ('pictures' in spec) return { ...spec, pictures: spec.pictures.map(other) }
  if ('maps' in spec)
    return { ...spec, maps: spec.maps.map((map) => ({ ...map, picture: other(map.picture) })) }
  return 'picture' in spec ? { ...spec, picture: other(spec.picture) } : spec
}

export type FigureSpecInput = z.input<typeof figureSpecSchema>
export type FigureSpecOf<Layout extends FigureSpec['layout']> = Extract<FigureSpec, { layout: Layout }>
