import type { DerivedExplainer } from '../derived-explainer'
import type { Evidence, FloatTensor } from '../evidence'
import type { Explanation } from '../explainer'
import { type LimeParameters, lime } from './lime'
import { perturbedCopy } from './lime-perturbation'
import { asBatch, checkRequest } from './request'
import { shownSuperpixels, weightsByLabel } from './superpixel-weights'

/**
 * Checks LIME by deletion: hides the superpixels that its map shows as positive, then those that it shows as
 * negative, and asks the classifier again. A faithful map lowers the target's logit in the first case and raises it
 * in the second.
 *
 * Arrays: `input` [3,H,W], `logits` [classes]; `copies` [2,3,H,W] and `copyLogits` [2,classes], the first copy
 * without the positive superpixels, the second without the negative ones.
 * Measurements: `change` of the target's logit without the `positive` and without the `negative` superpixels.
 */
export const hiddenSuperpixels: DerivedExplainer<LimeParameters> = {
  method: 'hidden-superpixels',
  version: 1,
  basis: lime.method,
  parameters: lime.parameters,

  async explain(request, basis: Evidence): Promise<Explanation> {
    checkRequest(request)
    const { classifier, picture, target, progress } = request
    const { superpixels, weights } = basis.arrays
    if (!superpixels || !weights) throw new TypeError('The evidence of LIME has no superpixels or no weights')
    const byLabel = weightsByLabel(superpixels, weights)
    const shown = shownSuperpixels(byLabel)
    const copies = new Float32Array(2 * picture.data.length)
    for (const [copy, sign] of [1, -1].entries()) {
      const hidden = new Set(
        shown.filter(({ weight }) => Math.sign(weight) === sign).map(({ label }) => label),
      )
      // Superpixels count from 1; the row has one entry for each, 0 where it is hidden.
      const row = Uint8Array.from({ length: byLabel.length - 1 }, (_, i) => (hidden.has(i + 1) ? 0 : 1))
      copies.set(perturbedCopy(picture, superpixels, row).data, copy * picture.data.length)
    }
    progress?.('perturbed-copies', 0, 2)
    const stack: FloatTensor = { data: copies, shape: [2, ...picture.shape] }
    const before = await classifier.logits(asBatch(picture))
    const after = await classifier.logits(stack)
    progress?.('perturbed-copies', 2, 2)
    const classes = classifier.classes.length
    const change = (copy: number) => after.data[copy * classes + target]! - before.data[target]!
    return {
      arrays: {
        input: picture,
        logits: { data: before.data, shape: [classes] },
        copies: stack,
        copyLogits: after,
      },
      measurements: { change: { positive: change(0), negative: change(1) } },
      batch: classifier.batchOf(2),
    }
  },
}
