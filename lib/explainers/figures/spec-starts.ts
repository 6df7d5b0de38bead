import type { FigureSpec, FigureSpecInput } from './spec'

type InputOf<Layout extends FigureSpec['layout']> = Extract<FigureSpecInput, { layout: Layout }>

const sentence = 'The police officer is popular with the residents because she is very generous and kind.'

const starts: { readonly [Layout in FigureSpec['layout']]: InputOf<Layout> } = {
  maps: { layout: 'maps', pictures: [0], methods: ['saliency'] },
  occlusion: { layout: 'occlusion', picture: 0 },
  'lime-steps': { layout: 'lime-steps', picture: 0 },
  'scale-comparison': { layout: 'scale-comparison', pictures: [0, 1] },
  'noisy-copies': { layout: 'noisy-copies', picture: 0 },
  normalization: { layout: 'normalization', pictures: [0] },
  'layers-activation': { layout: 'layers-activation', pictures: [0], layers: [0] },
  'filter-pair': { layout: 'filter-pair', pictures: [0], layer: 0 },
  'layer-strip': { layout: 'layer-strip', picture: 0, layer: 0 },
  'integration-steps': { layout: 'integration-steps', pictures: [0] },
  path: { layout: 'path', picture: 0 },
  cascade: { layout: 'cascade', picture: 0, methods: ['saliency'] },
  'layer-randomization': { layout: 'layer-randomization', picture: 0, method: 'saliency' },
  completeness: { layout: 'completeness', picture: 0 },
  'sample-sizes': { layout: 'sample-sizes', picture: 0 },
  baselines: { layout: 'baselines', picture: 0 },
  trust: { layout: 'trust', maps: [{ method: 'saliency', picture: 0 }] },
  'attention-heads': { layout: 'attention-heads', sentence, head: 1, layers: [1] },
  'masked-words': { layout: 'masked-words', sentence, at: 'popular' },
  'corpus-neighbours': {
    layout: 'corpus-neighbours',
    sentence,
    at: 'popular',
    mask: ['popular'],
    layers: [1],
  },
  'embedding-space': { layout: 'embedding-space', passages: [1], layers: [1] },
  'similarity-matrices': { layout: 'similarity-matrices', parts: ['蘋果'], metrics: ['cosine'], layer: 0 },
  'similarity-trend': { layout: 'similarity-trend', part: '蘋果', metrics: ['cosine'], pair: [1, 2] },
  'embedding-pairs': { layout: 'embedding-pairs', part: '蘋果' },
}

/** Every layout, pictures' first. */
export const layoutNames = Object.keys(starts) as FigureSpec['layout'][]

/** @returns a small figure of the layout that can be made with what comes with Vitrine: what an editor begins with. */
export function startOf(layout: FigureSpec['layout']): FigureSpecInput {
  return starts[layout]
}
