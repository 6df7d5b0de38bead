import { type FigureSpec, type FigureSpecOf, isLanguageSpec } from './spec'

type TrustSpec = FigureSpecOf<'trust'>

/**
 * @returns the figure that tests the maps of another figure, made with the same model, variant, seed and parameters;
 * null where it shows no map of how parts of a picture matter for a class: filters, texts, and tests themselves.
 */
export function trustSpecOf(spec: FigureSpec): TrustSpec | null {
  const maps = mapsOf(spec)
  if (isLanguageSpec(spec) || maps.length === 0) return null
  const { model, variant, seed, parameters } = spec
  return { layout: 'trust', model, variant, seed, parameters, maps }
}

function mapsOf(spec: FigureSpec): TrustSpec['maps'] {
  switch (spec.layout) {
    case 'maps':
      return spec.pictures.flatMap((picture) => spec.methods.map((method) => ({ method, picture })))
    case 'cascade':
      return spec.methods.map((method) => ({ method, picture: spec.picture }))
    case 'layer-randomization':
      return [{ method: spec.method, picture: spec.picture }]
    case 'occlusion':
    case 'lime-steps':
      return [{ method: 'lime', picture: spec.picture }]
    case 'scale-comparison':
      return spec.pictures.map((picture) => ({ method: 'saliency', picture }))
    case 'noisy-copies':
      return [{ method: 'smooth-grad', picture: spec.picture }]
    case 'normalization':
      return spec.pictures.map((picture) => ({ method: 'smooth-grad', picture }))
    case 'integration-steps':
      return spec.pictures.flatMap((picture) =>
        spec.steps.map((steps) => ({ method: 'integrated-gradients' as const, picture, steps })),
      )
    case 'path':
      return [{ method: 'integrated-gradients', picture: spec.picture, steps: spec.steps }]
    default:
      return []
  }
}
