import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A dense array in row-major order. `data.length` is the product of `shape`. */
export interface Tensor<Data extends Float32Array | Int32Array = Float32Array | Int32Array> {
  readonly data: Data
  readonly shape: readonly number[]
}
export type FloatTensor = Tensor<Float32Array>

/** `homework`: as the course's notebook runs it. `paper`: as its authors define it. */
export type Variant = 'homework' | 'paper'

/** A model by name and weights. */
export interface ModelName {
  readonly name: string
  readonly sha256: string
}

/** What is asked for, before it is known which device will compute it. */
export interface EvidenceRequest {
  readonly method: string
  readonly variant: Variant
  /** Every parameter with its default filled in. */
  readonly parameters: { readonly [name: string]: Json }
  readonly model: ModelName
  /**
   * The picture, sentence or passage that is explained, by the hash of its content. `regions`: of those that the method
   * measures in, where they can change without the picture.
   */
  readonly input: { readonly name: string; readonly sha256: string; readonly regions?: string }
  readonly seed: number
}

/** Everything needed to compute the same evidence again. Its hash names the evidence. */
export interface EvidenceManifest extends EvidenceRequest {
  /** `kserve`: an inference server, on whatever it has. */
  readonly provider: 'cpu' | 'cuda' | 'webgpu' | 'kserve'
  /** Of `kserve`: what it says of itself, and the SHA-256 of each graph that it ran. */
  readonly server?: { readonly name: string; readonly version: string; readonly graphs: readonly string[] }
  /** The provider that was used until it failed in the middle of a run. */
  readonly insteadOf?: EvidenceManifest['provider']
  /** Of the arithmetic that made the map. `tf32`: float32 whose products have 10 bits of fraction. */
  readonly precision: 'float32' | 'tf32' | 'float16'
  /** Where that is not float32: relative L2 distance of the picture's logits, or gradient, from float32. */
  readonly precisionError?: number
  /** Inputs per run of the graph; a device's algorithms may depend on it. */
  readonly batch: number
  /** `method`: version of our algorithm, raised when its numbers change. */
  readonly versions: { readonly method: number; readonly onnxruntime: string }
  /** Made from the model by the method, such as copies with random weights. */
  readonly otherModels?: readonly OtherModel[]
}

export interface OtherModel extends ModelName {
  /** Where it was computed, if not by the same provider. */
  readonly provider?: EvidenceManifest['provider']
}

export interface Evidence {
  readonly manifest: EvidenceManifest
  /** For example `attribution` [3,128,128]; the names are part of the explainer's contract. */
  readonly arrays: { readonly [name: string]: Tensor }
  /** Numbers that claims are made of. They decide answer keys: staff only until release. */
  readonly measurements: { readonly [name: string]: Json }
  /** Wall-clock seconds of the computation. Not part of the manifest. */
  readonly seconds: number
}

/** What an explainer is doing; shown to a waiting student in words. */
export type ProgressStep =
  | 'loading'
  | 'superpixels'
  | 'perturbed-copies'
  | 'regression'
  | 'gradient'
  | 'noisy-copies'
  | 'path'
  | 'activation'
  | 'optimisation'
  | 'reading-text'
  | 'reading-corpus'
  | 'testing-map'
  | 'drawing'

export type ReportProgress = (step: ProgressStep, done: number, total: number) => void

/**
 * @returns lower-case hexadecimal SHA-256 of the RFC 8785 canonical JSON of `value`,
 * so that the order of keys never changes a name.
 */
export function hashOfJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('hashOfJson: the value has no JSON form')
  return createHash('sha256').update(text).digest('hex')
}
