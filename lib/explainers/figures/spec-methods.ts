import type { z } from 'zod'
import type { FigureSpec, methodSchema } from './spec'

/** A method that a figure shows, whose parameters its specification may name. */
export interface SpecMethod {
  readonly method: z.infer<typeof methodSchema>
  /** Parameters that the layout itself decides: what the specification says of them does not count. */
  readonly decided: readonly string[]
}

/** @returns the methods whose parameters matter to a figure, in its order; none for texts. */
export function methodsOf(spec: FigureSpec): SpecMethod[] {
  const all = (method: SpecMethod['method'], ...decided: string[]): SpecMethod => ({ method, decided })
  switch (spec.layout) {
    case 'maps':
    case 'cascade':
      return spec.methods.map((method) => all(method))
    case 'trust':
      return [...new Set(spec.maps.map(({ method }) => method))].map((method) => all(method))
    case 'layer-randomization':
      return [all(spec.method)]
    case 'occlusion':
    case 'lime-steps':
      return [all('lime')]
    case 'scale-comparison':
      return [all('saliency')]
    case 'sample-sizes':
      return [all('smooth-grad', 'samples')]
    case 'noisy-copies':
    case 'normalization':
      return [all('smooth-grad')]
    case 'layers-activation':
      return []
    case 'filter-pair':
    case 'layer-strip':
      return [all('filter-visualization', 'layer', 'filter')]
    case 'baselines':
      return [all('integrated-gradients', 'baseline')]
    case 'completeness':
    case 'integration-steps':
    case 'path':
      return [all('integrated-gradients', 'steps')]
    default:
      return []
  }
}
