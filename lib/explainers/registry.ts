import type { Bilingual } from './bilingual'
import type { DerivedExplainer } from './derived-explainer'
import { ExplainerError } from './errors'
import type { Explainer } from './explainer'
import { filterActivation } from './methods/filter-activation'
import { filterVisualization } from './methods/filter-visualization'
import { hiddenSuperpixels } from './methods/hidden-superpixels'
import { integratedGradients } from './methods/integrated-gradients'
import { lime } from './methods/lime'
import { saliency } from './methods/saliency'
import { smoothGrad } from './methods/smooth-grad'
import { integratedGradientsCascade, saliencyCascade, smoothGradCascade } from './trust/cascade'
import { integratedGradientsByLayer, saliencyByLayer, smoothGradByLayer } from './trust/layer-randomization'
import {
  trustInIntegratedGradients,
  trustInLime,
  trustInSaliency,
  trustInSmoothGrad,
} from './trust/map-trust'

export interface RegisteredMethod {
  readonly explainer: Explainer | DerivedExplainer
  readonly title: Bilingual
  /** Whether it explains a class; the target is then part of the evidence's name. */
  readonly explainsClass: boolean
  /** Whether its numbers depend on the picture's regions, which are then part of the evidence's name. */
  readonly usesRegions?: true
  /** Whether a person may ask for it by name; the others are steps that figures show. */
  readonly listed: boolean
}

const methods: readonly RegisteredMethod[] = [
  { explainer: lime, title: { zh: 'LIME', en: 'LIME' }, explainsClass: true, listed: true },
  {
    explainer: saliency,
    title: { zh: 'Saliency map', en: 'Saliency map' },
    explainsClass: true,
    listed: true,
  },
  { explainer: smoothGrad, title: { zh: 'SmoothGrad', en: 'SmoothGrad' }, explainsClass: true, listed: true },
  {
    explainer: integratedGradients,
    title: { zh: 'Integrated gradients', en: 'Integrated gradients' },
    explainsClass: true,
    listed: true,
  },
  {
    explainer: filterActivation,
    title: { zh: 'Filter activation', en: 'Filter activation' },
    explainsClass: false,
    listed: true,
  },
  {
    explainer: filterVisualization,
    title: { zh: 'Filter visualization', en: 'Filter visualization' },
    explainsClass: false,
    listed: true,
  },
  {
    explainer: hiddenSuperpixels,
    title: { zh: '遮住 LIME 的超像素', en: 'Hidden superpixels of LIME' },
    explainsClass: true,
    listed: false,
  },
  {
    explainer: trustInLime,
    title: { zh: 'LIME 的可信度檢驗', en: 'Tests of LIME' },
    explainsClass: true,
    usesRegions: true,
    listed: false,
  },
  {
    explainer: trustInSaliency,
    title: { zh: 'Saliency map 的可信度檢驗', en: 'Tests of the saliency map' },
    explainsClass: true,
    usesRegions: true,
    listed: false,
  },
  {
    explainer: trustInSmoothGrad,
    title: { zh: 'SmoothGrad 的可信度檢驗', en: 'Tests of SmoothGrad' },
    explainsClass: true,
    usesRegions: true,
    listed: false,
  },
  {
    explainer: trustInIntegratedGradients,
    title: { zh: 'Integrated gradients 的可信度檢驗', en: 'Tests of integrated gradients' },
    explainsClass: true,
    usesRegions: true,
    listed: false,
  },
  {
    explainer: saliencyCascade,
    title: { zh: '隨機權重下的 Saliency map', en: 'Saliency map with random weights' },
    explainsClass: true,
    listed: false,
  },
  {
    explainer: smoothGradCascade,
    title: { zh: '隨機權重下的 SmoothGrad', en: 'SmoothGrad with random weights' },
    explainsClass: true,
    listed: false,
  },
  {
    explainer: integratedGradientsCascade,
    title: { zh: '隨機權重下的 integrated gradients', en: 'Integrated gradients with random weights' },
    explainsClass: true,
    listed: false,
  },
  {
    explainer: saliencyByLayer,
    title: { zh: '逐層隨機化的 Saliency map', en: 'Saliency map, layers randomized' },
    explainsClass: true,
    listed: false,
  },
  {
    explainer: smoothGradByLayer,
    title: { zh: '逐層隨機化的 SmoothGrad', en: 'SmoothGrad, layers randomized' },
    explainsClass: true,
    listed: false,
  },
  {
    explainer: integratedGradientsByLayer,
    title: { zh: '逐層隨機化的 integrated gradients', en: 'Integrated gradients, layers randomized' },
    explainsClass: true,
    listed: false,
  },
]

const byName = new Map(methods.map((method) => [method.explainer.method, method]))

/** Names of the methods that a person may ask for. */
export const listedMethods: readonly string[] = methods
  .filter(({ listed }) => listed)
  .map(({ explainer }) => explainer.method)

/** @throws ExplainerError 'unknown-method' that lists the methods there are. */
export function findMethod(name: string): RegisteredMethod {
  const method = byName.get(name)
  if (method) return method
  const message = `There is no method ${name}; there are ${listedMethods.join(', ')}`
  throw new ExplainerError('unknown-method', name, message)
}
