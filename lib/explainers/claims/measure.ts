import type { Lab } from './lab'
import { type Measurement, type MeasurementName, type MeasurementOf, roleOf } from './measurement'
import { headFocus, headWeight, maskedDrop, maskedPartOfSpeech, maskedWords } from './measurements/attention'
import {
  answerDistance,
  embeddingDependence,
  groupSeparation,
  pairSimilarity,
  questionMatching,
  sentenceClustering,
} from './measurements/embeddings'
import { activationLikeness, activationSharpness, layerKind, regionActivation } from './measurements/filters'
import {
  finiteDifferences,
  foodEnrichment,
  gradientScale,
  mapOverlap,
  normalizationEffect,
  regionEnrichment,
  solidLikeness,
  stepsContrast,
  stepsLikeness,
} from './measurements/maps'
import {
  attributionSum,
  cascadeLikeness,
  contributionDensity,
  edgeLikeness,
  layerLikeness,
  seedAgreement,
} from './measurements/sanity'
import {
  colourRemoval,
  mapDisagreement,
  regionRemoval,
  regionWeight,
  weightSigns,
} from './measurements/superpixels'
import type { Reading, ReadingValue } from './reading'

/** Raised when a measurement gives other numbers of the same evidence. */
export const measurementVersion = 1

const measurements: {
  readonly [Name in MeasurementName]: (spec: MeasurementOf<Name>, lab: Lab) => Promise<ReadingValue[]>
} = {
  'region-weight': regionWeight,
  'weight-signs': weightSigns,
  'region-removal': regionRemoval,
  'colour-removal': colourRemoval,
  'map-disagreement': mapDisagreement,
  'region-enrichment': regionEnrichment,
  'food-enrichment': foodEnrichment,
  'map-overlap': mapOverlap,
  'solid-likeness': solidLikeness,
  'steps-likeness': stepsLikeness,
  'steps-contrast': stepsContrast,
  'gradient-scale': gradientScale,
  'finite-differences': finiteDifferences,
  'normalization-effect': normalizationEffect,
  'cascade-likeness': cascadeLikeness,
  'layer-likeness': layerLikeness,
  'edge-likeness': edgeLikeness,
  'attribution-sum': attributionSum,
  'seed-agreement': seedAgreement,
  'contribution-density': contributionDensity,
  'region-activation': regionActivation,
  'activation-sharpness': activationSharpness,
  'activation-likeness': activationLikeness,
  'layer-kind': layerKind,
  'head-focus': headFocus,
  'masked-part-of-speech': maskedPartOfSpeech,
  'masked-words': maskedWords,
  'masked-drop': maskedDrop,
  'head-weight': headWeight,
  'answer-distance': answerDistance,
  'question-matching': questionMatching,
  'sentence-clustering': sentenceClustering,
  'group-separation': groupSeparation,
  'pair-similarity': pairSimilarity,
  'embedding-dependence': embeddingDependence,
}

/**
 * Makes one measurement.
 * @throws ExplainerError where a model, picture or corpus is missing, or the measurement does not fit the model.
 */
export async function measure(measurement: Measurement, lab: Lab): Promise<Reading> {
  // The compiler cannot see that a measurement meets the function of its own name.
  const make = measurements[measurement.measure] as (spec: Measurement, lab: Lab) => Promise<ReadingValue[]>
  const values = await make(measurement, lab)
  return { values, model: await lab.modelFor(roleOf(measurement)) }
}
