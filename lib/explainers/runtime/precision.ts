import { ExplainerError } from '../errors'
import type { EvidenceManifest } from '../evidence'
import type { Provider } from './provider'

export type Precision = EvidenceManifest['precision']

const PROVIDERS_OF: Readonly<Record<Precision, readonly Provider[]>> = {
  float32: ['kserve', 'cuda', 'webgpu', 'cpu'],
  tf32: ['cuda'],
  float16: ['cuda'],
}

/**
 * The arithmetic to compute in. `float32`, the default, agrees with the references. `tf32` rounds the factors of every
 * product to 10 bits of fraction; CUDA's libraries take it for a whole process, so that only the environment's
 * VITRINE_PRECISION can choose it. `float16` serves only the logits of perturbed copies, as of LIME.
 *
 * @param asked default: what VITRINE_PRECISION says, where the provider has it, else float32.
 * @throws ExplainerError 'invalid-parameter' when there is no such precision, or the provider does not have the one
 * that was asked for.
 */
export function choosePrecision(provider: Provider, asked?: Precision): Precision {
  const name = asked ?? (process.env.VITRINE_PRECISION || 'float32')
  const precisions = Object.keys(PROVIDERS_OF) as Precision[]
  const precision = precisions.find((known) => known === name)
  const available = precisions.filter((known) => PROVIDERS_OF[known].includes(provider))
  if (precision && available.includes(precision)) return precision
  if (precision && !asked) return 'float32'
  const allowed = (asked ? available : precisions).join(', ')
  const message = `there is no precision '${name}' on ${provider}; allowed are ${allowed}`
  throw new ExplainerError('invalid-parameter', 'precision', message)
}

/** @returns whether copies may be computed in float16 there. */
export function hasHalfPrecision(provider: Provider): boolean {
  return PROVIDERS_OF.float16.includes(provider)
}

/** @returns the arithmetic of everything but copies: gradients in float16 vanish, and its hidden states are rough. */
export function modelPrecision(chosen: Precision): Precision {
  return chosen === 'float16' ? 'float32' : chosen
}

/**
 * Tells CUDA's libraries whether they may use TF32. By themselves they would, for every convolution, which changes
 * attributions beyond recognition in deep networks; onnxruntime-node has no option of a session against it. Must be
 * called before CUDA starts.
 */
export function setTensorFloat(): void {
  if (process.env.VITRINE_PRECISION === 'tf32') delete process.env.NVIDIA_TF32_OVERRIDE
  else process.env.NVIDIA_TF32_OVERRIDE = '0'
}
