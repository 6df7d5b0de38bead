import { z } from 'zod'
import type { Classifier } from '../classifier'
import type { Explainer, ExplainRequest, Explanation } from '../explainer'
import { asBatch, checkRequest, filterParameters, firstOf, requireFilter } from './request'

const parameters = (classifier: Pick<Classifier, 'layers'>) =>
  z.strictObject(filterParameters(classifier)).check(requireFilter(classifier))

export type FilterActivationParameters = z.infer<ReturnType<typeof parameters>>

/**
 * Filter activation: the output of one channel of one layer, that is, where in the picture the filter responds.
 * M. D. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014. Both variants are the
 * same.
 *
 * Arrays: `input` [3,H,W], `logits` [classes], `activation` [h,w] of the layer's size.
 * Measurements: `smallest`, `largest`, `mean`, `sum` of the activation; `active`, the share of places above 0.
 */
export const filterActivation: Explainer<FilterActivationParameters> = {
  method: 'filter-activation',
  version: 1,
  parameters: (_, classifier) => parameters(classifier),
  explain,
}

async function explain(request: ExplainRequest<FilterActivationParameters>): Promise<Explanation> {
  checkRequest(request)
  const { classifier, picture, parameters, progress } = request
  progress?.('activation', 0, 1)
  const layer = firstOf(await classifier.activation(asBatch(picture), parameters.layer))
  const logits = firstOf(await classifier.logits(asBatch(picture)))
  progress?.('activation', 1, 1)
  const [, height, width] = layer.shape as [number, number, number]
  const places = height * width
  const data = layer.data.slice(parameters.filter * places, (parameters.filter + 1) * places)
  const sum = data.reduce((a, b) => a + b, 0)
  return {
    arrays: { input: picture, logits, activation: { data, shape: [height, width] } },
    measurements: {
      smallest: data.reduce((a, b) => Math.min(a, b)),
      largest: data.reduce((a, b) => Math.max(a, b)),
      mean: sum / places,
      sum,
      active: data.filter((value) => value > 0).length / places,
    },
    batch: classifier.batchOf(1),
  }
}
