import { z } from 'zod'
import type { Classifier } from '../classifier'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import type { ExplainRequest } from '../explainer'

/**
 * Checks what every method that runs the classifier's gradient needs.
 * @throws ExplainerError 'invalid-parameter' for a class or a picture's shape that the classifier has not,
 * 'cancelled' when the signal has aborted.
 */
export function checkRequest({ classifier, picture, target, signal }: ExplainRequest): void {
  throwIfAborted(signal)
  const { height, width } = classifier.inputSize
  if (classifier.classes[target] === undefined) {
    const message = `there is no class ${target}; allowed are 0 to ${classifier.classes.length - 1}`
    throw new ExplainerError('invalid-parameter', 'target', message)
  }
  if (picture.shape.join() !== `3,${height},${width}` || picture.data.length !== 3 * height * width) {
    const message = `the picture has the shape [${picture.shape}]; expected [3,${height},${width}]`
    throw new ExplainerError('invalid-parameter', 'picture', message)
  }
}

/** @throws ExplainerError 'cancelled' */
export function throwIfAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw new ExplainerError('cancelled', 'explanation', 'the explanation was cancelled')
}

/** @returns the same values as a batch of one. */
export function asBatch({ data, shape }: FloatTensor): FloatTensor {
  return { data, shape: [1, ...shape] }
}

/** @returns the first of a batch, sharing its values. */
export function firstOf({ data, shape: [count, ...shape] }: FloatTensor): FloatTensor {
  return { data: data.subarray(0, data.length / (count ?? 1)), shape }
}

/**
 * Goes through `count` numbered things in parts of the size that the classifier runs at once, so that progress and
 * cancelling are never more than one run away.
 */
export async function forEachBatch(
  { classifier, signal }: Pick<ExplainRequest, 'classifier' | 'signal'>,
  count: number,
  visit: (first: number, end: number) => Promise<void>,
): Promise<void> {
  const batch = classifier.batchOf(count)
  for (let first = 0; first < count; first += batch) {
    throwIfAborted(signal)
    await visit(first, Math.min(first + batch, count))
  }
  throwIfAborted(signal)
}

/** @returns the parameters that name one filter of one layer, in the ranges that the classifier has. */
export function filterParameters({ layers }: Pick<Classifier, 'layers'>) {
  return {
    /** The homework's `cnnid`. */
    layer: z
      .int()
      .min(0)
      .max(layers.length - 1)
      .default(Math.min(15, layers.length - 1)),
    /** The homework's `filterid`: a channel of the layer. */
    filter: z.int().min(0).default(0),
  }
}

/** A zod refinement: the layer has that many channels. */
export function requireFilter({ layers }: Pick<Classifier, 'layers'>) {
  return ({ value, issues }: z.core.ParsePayload<{ layer: number; filter: number }>) => {
    const channels = layers[value.layer]?.channels ?? 0
    if (value.filter < channels) return
    const message = `layer ${value.layer} has the filters 0 to ${channels - 1}`
    issues.push({ code: 'custom', path: ['filter'], message, input: value.filter })
  }
}
