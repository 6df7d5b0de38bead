import type { Evidence, FloatTensor } from '../evidence'
import type { ExplainRequest } from '../explainer'
import { integratedGradients } from '../methods/integrated-gradients'
import { type LimeParameters, lime, targetOutput } from '../methods/lime'
import { perturbedCopy } from '../methods/lime-perturbation'
import { asBatch } from '../methods/request'
import { saliency } from '../methods/saliency'
import { smoothGrad } from '../methods/smooth-grad'
import { type Completeness, completenessOf } from './completeness'
import { trustIn } from './trust-explainer'

/** The tests of each method that makes a map, and what the map of each adds up to. */

export const trustInLime = trustIn(lime, { usesChance: true, completeness: limeCompleteness })

/** The largest absolute gradient of a pixel adds up to nothing. */
export const trustInSaliency = trustIn(saliency, { usesChance: false, completeness: null })

/** Neither do means of gradients. */
export const trustInSmoothGrad = trustIn(smoothGrad, { usesChance: true, completeness: null })

/**
 * The integral's own claim, in logits. The homework's map is the mean gradient; it adds up once it is multiplied by the
 * picture minus the black baseline, and that is what is measured.
 */
export const trustInIntegratedGradients = trustIn(integratedGradients, {
  usesChance: false,
  completeness: async ({ measurements: { sum, change } }) => completenessOf(Number(sum), Number(change)),
})

/**
 * LIME promises less: a linear model near the picture. Its weights should add up to the change of the output between the
 * picture with every superpixel hidden and the whole picture.
 */
async function limeCompleteness(
  { arrays }: Evidence,
  { classifier, picture, target, variant }: ExplainRequest<LimeParameters>,
): Promise<Completeness> {
  const { superpixels, coefficients } = arrays
  if (!superpixels || !coefficients) throw new TypeError('The evidence of LIME has no superpixels')
  const hidden = perturbedCopy(picture, superpixels, new Uint8Array(coefficients.data.length))
  const output = async (shown: FloatTensor) =>
    targetOutput((await classifier.logits(asBatch(shown))).data, target, variant, classifier)
  const sum = Array.from(coefficients.data).reduce((total, weight) => total + weight, 0)
  return completenessOf(sum, (await output(picture)) - (await output(hidden)))
}
