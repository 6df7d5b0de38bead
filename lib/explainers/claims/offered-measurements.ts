import { type AttributionMethod, attributionMethodSchema } from '../attribution-method'
import type { FigureSpec } from '../figures/spec'
import { isLanguageSpec, picturesOf } from '../figures/spec'
import type { MeasurementInput, MeasurementName } from './measurement'
import type { RegionsOf } from './subjects'

export interface OfferedMeasurements {
  /** About what the figure shows. */
  readonly fitting: readonly MeasurementInput[]
  /** All others. */
  readonly more: readonly MeasurementInput[]
}

/**
 * What can be measured beside a figure, each with the figure's own parameters as far as it has them, and else with
 * something to start from. What cannot be guessed (a word, a region without a picture) is left empty for its author.
 * @param spec null: the question has no figure
 */
export function offerMeasurements(spec: FigureSpec | null, regionsOf: RegionsOf): OfferedMeasurements {
  const starts = startsFrom(spec, regionsOf)
  const fitting = spec ? fittingTo(spec) : []
  const methods = spec ? attributionsOf(spec) : []
  const all = Object.entries(starts) as [MeasurementName, MeasurementInput][]
  const ofOneMethod: readonly MeasurementName[] = [
    'region-enrichment',
    'cascade-likeness',
    'layer-likeness',
    'edge-likeness',
  ]
  const perMethod = (start: MeasurementInput): MeasurementInput[] =>
    ofOneMethod.includes(start.measure) && methods.length > 0
      ? methods.map((method) => ({ ...start, method }))
      : [start]
  return {
    fitting: fitting.flatMap((name) => perMethod(starts[name])),
    more: all.filter(([name]) => !fitting.includes(name)).map(([, start]) => start),
  }
}

/** The attribution maps that a figure shows. */
function attributionsOf(spec: FigureSpec): readonly AttributionMethod[] {
  const known: readonly string[] = attributionMethodSchema.options
  const isAttribution = (method: string): method is AttributionMethod => known.includes(method)
  switch (spec.layout) {
    case 'maps':
      return spec.methods.filter(isAttribution)
    case 'trust':
      return [...new Set(spec.maps.map(({ method }) => method))].filter(isAttribution)
    case 'cascade':
      return spec.methods
    case 'layer-randomization':
      return [spec.method]
    case 'scale-comparison':
      return ['saliency']
    case 'noisy-copies':
    case 'sample-sizes':
    case 'normalization':
      return ['smooth-grad']
    case 'integration-steps':
    case 'path':
    case 'completeness':
    case 'baselines':
      return ['integrated-gradients']
    default:
      return []
  }
}

const ofLime: readonly MeasurementName[] = [
  'region-weight',
  'weight-signs',
  'region-removal',
  'colour-removal',
]
const ofMaps: readonly MeasurementName[] = ['region-enrichment', 'solid-likeness']

function fittingTo(spec: FigureSpec): readonly MeasurementName[] {
  switch (spec.layout) {
    case 'maps':
    case 'trust': {
      const methods = spec.layout === 'maps' ? spec.methods : spec.maps.map(({ method }) => method)
      const attributions = attributionsOf(spec)
      return [
        ...(methods.includes('lime') ? ofLime : []),
        ...(attributions.length > 0 ? ofMaps : []),
        ...(attributions.includes('saliency') ? (['gradient-scale', 'finite-differences'] as const) : []),
        ...(attributions.length > 0 ? (['food-enrichment', 'map-overlap'] as const) : []),
        ...(methods.includes('lime') && attributions.includes('saliency')
          ? (['map-disagreement'] as const)
          : []),
        ...(attributions.includes('integrated-gradients')
          ? (['steps-likeness', 'steps-contrast'] as const)
          : []),
      ]
    }
    case 'cascade':
      return ['cascade-likeness', 'edge-likeness', ...ofMaps]
    case 'layer-randomization':
      return ['layer-likeness', 'cascade-likeness', 'edge-likeness', ...ofMaps]
    case 'completeness':
      return ['attribution-sum', 'steps-likeness', ...ofMaps]
    case 'sample-sizes':
      return ['seed-agreement', ...ofMaps]
    case 'baselines':
      return ['contribution-density', 'attribution-sum']
    case 'occlusion':
    case 'lime-steps':
      return ofLime
    case 'scale-comparison':
      return ['gradient-scale', 'finite-differences', ...ofMaps]
    case 'noisy-copies':
      return [...ofMaps, 'map-overlap', 'food-enrichment']
    case 'normalization':
      return ['normalization-effect', ...ofMaps]
    case 'layers-activation':
      return ['region-activation', 'activation-sharpness', 'activation-likeness']
    case 'filter-pair':
      return ['region-activation', 'layer-kind']
    case 'layer-strip':
      return ['layer-kind', 'region-activation']
    case 'integration-steps':
      return ['steps-likeness', 'steps-contrast', ...ofMaps]
    case 'path':
      return [...ofMaps, 'steps-likeness', 'steps-contrast']
    case 'attention-heads':
      return ['head-weight', 'head-focus']
    case 'masked-words':
      return ['masked-words', 'masked-drop']
    case 'corpus-neighbours':
      return ['masked-part-of-speech']
    case 'embedding-space':
      return ['answer-distance', 'question-matching', 'sentence-clustering']
    case 'similarity-matrices':
      return ['group-separation', 'embedding-dependence']
    case 'similarity-trend':
      return ['pair-similarity']
    case 'embedding-pairs':
      return ['embedding-dependence', 'group-separation']
  }
}

type Starts = { readonly [Name in MeasurementName]: Extract<MeasurementInput, { measure: Name }> }

/** Every measurement as its author would begin with it beside this figure. */
function startsFrom(spec: FigureSpec | null, regionsOf: RegionsOf): Starts {
  const shown = spec ? picturesOf(spec) : []
  const picture = shown[0] ?? 0
  const pictures = shown.length > 0 ? [...shown] : [picture]
  const several = pictures.length > 1 ? pictures : [picture, picture === 0 ? 1 : 0]
  const regions = regionsOf(picture)
  const region = regions[0]?.en ?? ''
  const seed = spec && !isLanguageSpec(spec) ? { seed: spec.seed } : {}
  const methods = spec ? attributionsOf(spec) : []
  const method = methods[0] ?? 'saliency'
  const rival = methods[1] ?? (method === 'saliency' ? 'smooth-grad' : 'saliency')
  const layer = spec && 'layer' in spec ? spec.layer : 0
  const layers = spec && 'layers' in spec ? [...spec.layers] : [layer, layer + 1]
  const filter = spec && 'filter' in spec ? spec.filter : 0
  const steps =
    spec?.layout === 'integration-steps' || spec?.layout === 'completeness' ? [...spec.steps] : [10, 50]
  const sentence = spec && 'sentence' in spec ? spec.sentence : ''
  const word = spec && 'at' in spec ? spec.at : ''
  const head = spec?.layout === 'attention-heads' ? spec : null
  const masked = spec?.layout === 'masked-words' ? spec : null
  const part =
    spec && 'part' in spec ? spec.part : spec?.layout === 'similarity-matrices' ? spec.parts[0]! : ''
  const trend = spec?.layout === 'similarity-trend' ? spec : null
  const hidden = spec?.layout === 'embedding-space' ? [...spec.layers] : [1, 6, 12]
  const groups: [number, number][] = [
    [1, 4],
    [5, 8],
    [9, 12],
  ]
  return {
    'region-weight': { measure: 'region-weight', picture, ...seed },
    'weight-signs': { measure: 'weight-signs', picture, region, ...seed },
    'region-removal': { measure: 'region-removal', picture },
    'colour-removal': { measure: 'colour-removal', picture, ...seed },
    'map-disagreement': { measure: 'map-disagreement', pictures: several, ...seed },
    'region-enrichment': { measure: 'region-enrichment', method, picture, ...seed },
    'food-enrichment': {
      measure: 'food-enrichment',
      methods: [method, rival],
      foods: pictures.map((food) => ({ picture: food, regions: [regionsOf(food)[0]?.en ?? ''] })),
      ...seed,
    },
    'map-overlap': { measure: 'map-overlap', methods: [method, rival], pictures, ...seed },
    'solid-likeness': { measure: 'solid-likeness', method, picture, region, ...seed },
    'steps-likeness': { measure: 'steps-likeness', picture, reference: Math.max(...steps), steps },
    'steps-contrast': { measure: 'steps-contrast', picture, steps },
    'gradient-scale': { measure: 'gradient-scale', pictures: several },
    'finite-differences': { measure: 'finite-differences', picture, ...seed },
    'normalization-effect': { measure: 'normalization-effect', picture, ...seed },
    'cascade-likeness': { measure: 'cascade-likeness', method, picture, ...seed },
    'layer-likeness': {
      measure: 'layer-likeness',
      method,
      picture,
      ...(spec?.layout === 'layer-randomization' && { order: spec.order, draws: spec.draws }),
      ...seed,
    },
    'edge-likeness': { measure: 'edge-likeness', method, picture, ...seed },
    'attribution-sum': { measure: 'attribution-sum', picture, steps: Math.max(...steps) },
    'seed-agreement': {
      measure: 'seed-agreement',
      picture,
      samples: spec?.layout === 'sample-sizes' ? [...spec.samples] : [1, 10, 100],
      ...seed,
    },
    'contribution-density': { measure: 'contribution-density', picture },
    'region-activation': {
      measure: 'region-activation',
      picture,
      layer: layers[0] ?? layer,
      filter,
      parts: partsOf(regions),
    },
    'activation-sharpness': { measure: 'activation-sharpness', pictures, layers, filter },
    'activation-likeness': {
      measure: 'activation-likeness',
      pictures,
      layers: [layers[0] ?? 0, layers.at(-1) ?? 1],
      filter,
    },
    'layer-kind': { measure: 'layer-kind', layer },
    'head-focus': { measure: 'head-focus', sentence, head: head?.head ?? 1 },
    'masked-part-of-speech': { measure: 'masked-part-of-speech', sentence, word, partOfSpeech: 'NOUN' },
    'masked-words': { measure: 'masked-words', sentence, word, tokens: masked ? [...masked.watch] : [] },
    'masked-drop': {
      measure: 'masked-drop',
      sentence,
      word,
      also: masked?.also.find((words) => words.length > 0)?.[0] ?? '',
      token: masked?.watch[0] ?? '',
    },
    'head-weight': {
      measure: 'head-weight',
      sentence,
      from: head?.from ?? '',
      to: head?.to ?? '',
      head: head?.head ?? 1,
      layers: head ? [...head.layers] : [1, 6, 12],
    },
    'answer-distance': { measure: 'answer-distance', layers: hidden },
    'question-matching': { measure: 'question-matching', groups },
    'sentence-clustering': { measure: 'sentence-clustering', groups },
    'group-separation': {
      measure: 'group-separation',
      choices: (['cosine', 'euclidean'] as const).map((metric) => ({ metric, part })),
      layer: spec?.layout === 'similarity-matrices' ? spec.layer : 12,
    },
    'pair-similarity': {
      measure: 'pair-similarity',
      part,
      sentences: trend ? [...trend.pair] : [1, 2],
      layers: Array.from({ length: 13 }, (_, index) => index),
    },
    'embedding-dependence': { measure: 'embedding-dependence', part },
  }
}

/** The regions; of a single one, the whole and its outline, so that there is something to compare. */
function partsOf(regions: readonly { readonly zh: string; readonly en: string }[]) {
  const whole = regions.map((name) => ({ id: idOf(name.en), name: { ...name }, region: name.en }))
  const [only, ...others] = whole
  if (!only || others.length > 0) return whole
  const { zh, en } = only.name
  const outline = { zh: `${zh}的輪廓`, en: `outline of the ${en}` }
  return [only, { id: `${only.id}-outline`, name: outline, region: only.region, part: 'outline' as const }]
}

const idOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
