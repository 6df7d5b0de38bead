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
 * Calls `visit` for consecutive parts of `count` pictures, each of the size that the classifier runs at once, so that
 * progress and cancelling are never more than one run away. `write` fills in picture number `index`.
 */
export async function forEachBatch(
  request: ExplainRequest,
  count: number,
  write: (picture: Float32Array, index: number) => void,
  visit: (pictures: FloatTensor, first: number) => Promise<void>,
): Promise<void> {
  const { classifier, picture, signal } = request
  const size = picture.data.length
  const batch = classifier.batchOf(count)
  const buffer = new Float32Array(Math.min(batch, count) * size)
  for (let first = 0; first < count; first += batch) {
    throwIfAborted(signal)
    const present = Math.min(batch, count - first)
    for (let i = 0; i < present; i++) write(buffer.subarray(i * size, (i + 1) * size), first + i)
    await visit({ data: buffer.subarray(0, present * size), shape: [present, ...picture.shape] }, first)
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
