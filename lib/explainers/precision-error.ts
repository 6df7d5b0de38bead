import type { Classifier } from './classifier'
import type { EvidenceManifest, FloatTensor } from './evidence'
import { asBatch } from './methods/request'
import type { HiddenCopies } from './picture-copies'
import { relativeDistance } from './relative-distance'

export interface Measured {
  readonly classifier: Classifier
  /** [3,H,W] */
  readonly picture: FloatTensor
  readonly target: number
  /** Other than float32. */
  readonly precision: EvidenceManifest['precision']
  /** Whether the map was made from logits of copies, or from gradients. */
  readonly ofCopies: boolean
}

/**
 * How far the arithmetic of a map is from float32, for its own picture: the same is computed by the processor.
 * @returns relative L2 distance of the logits, or of the gradient of the target's logit; two digits
 */
export async function measurePrecisionError(measured: Measured): Promise<number> {
  const { classifier, picture } = measured
  const exact = classifier.onProcessor()
  try {
    const distance = relativeDistance(
      await roughest(classifier, measured),
      await roughest(exact, { ...measured, precision: 'float32' }),
    )
    return Number(distance.toPrecision(2))
  } finally {
    await exact.close()
  }

  async function roughest(own: Classifier, { target, precision, ofCopies }: Measured): Promise<Float32Array> {
    if (!ofCopies) return (await own.inputGradient(asBatch(picture), { kind: 'logit', target })).gradient.data
    return (await own.logits(nothingHidden(picture), precision === 'float16' ? precision : undefined)).data
  }
}

/** A copy with one superpixel, which is shown. */
function nothingHidden(picture: FloatTensor): HiddenCopies {
  const [, height = 0, width = 0] = picture.shape
  return {
    kind: 'hidden',
    picture,
    filled: picture,
    labels: { data: new Int32Array(height * width).fill(1), shape: [height, width] },
    shown: { data: Float32Array.of(1), shape: [1, 1] },
  }
}
