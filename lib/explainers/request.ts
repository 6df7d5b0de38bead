import type { Classifier } from './classifier'
import type { DerivedExplainer } from './derived-explainer'
import { ExplainerError } from './errors'
import {
  type Evidence,
  type EvidenceManifest,
  type EvidenceRequest,
  type FloatTensor,
  hashOfJson,
  type Json,
  type ReportProgress,
  type Variant,
} from './evidence'
import type { Explanation, Parameters } from './explainer'
import { measurePrecisionError } from './precision-error'
import { measureRegions, type Region } from './regions'
import { findMethod, type RegisteredMethod } from './registry'
import { recordingRemote } from './runtime/kserve/remote-record'
import { insteadOf, onnxruntimeVersion } from './runtime/provider'

export interface RequestParts {
  readonly method: string
  readonly model: Pick<Classifier, 'name' | 'sha256' | 'classes' | 'layers'>
  readonly picture: { readonly name: string; readonly sha256: string; readonly regionsSha256?: string }
  /** Index of the class that is explained. */
  readonly target: number
  readonly variant: Variant
  readonly seed: number
  /** What differs from the defaults of method and variant. */
  readonly parameters?: { readonly [name: string]: Json }
}

/**
 * Fills in every default, so that the same explanation always makes the same request, whoever asks.
 *
 * @throws ExplainerError 'unknown-method' or 'invalid-parameter', saying what is allowed.
 */
export function buildRequest(parts: RequestParts): EvidenceRequest {
  const { method, model, picture, target, variant, seed } = parts
  const registered = findMethod(method)
  checkTarget(target, model)
  const parameters = checkParameters(registered, parts.parameters ?? {}, variant, model)
  return {
    method,
    variant,
    parameters: registered.explainsClass ? { target, ...parameters } : parameters,
    model: { name: model.name, sha256: model.sha256 },
    input: {
      name: picture.name,
      sha256: picture.sha256,
      ...(registered.usesRegions && picture.regionsSha256 && { regions: picture.regionsSha256 }),
    },
    seed,
  }
}

function checkTarget(target: number, { classes }: Pick<Classifier, 'classes'>): void {
  if (classes[target] !== undefined) return
  const message = `There is no class ${target}; classes are 0 to ${classes.length - 1}`
  throw new ExplainerError('invalid-parameter', 'target', message)
}

function checkParameters(
  { explainer }: RegisteredMethod,
  given: { readonly [name: string]: Json },
  variant: Variant,
  model: Pick<Classifier, 'classes' | 'layers'>,
): Parameters {
  const result = explainer.parameters(variant, model).safeParse(given)
  if (result.success) return result.data
  // One problem at a time: a later one is often a consequence of the first.
  const { path, message: problem } = result.error.issues[0]!
  const defaults = explainer.parameters(variant, model).safeParse({})
  const allowed = defaults.success
    ? Object.entries(defaults.data).map(([name, value]) => `${name} (${JSON.stringify(value)})`)
    : []
  const where = path.length > 0 ? `${path.join('.')}: ` : ''
  const message =
    `Wrong parameter for ${explainer.method}: ${where}${problem}; ` +
    (allowed.length > 0 ? `its parameters and their defaults are ${allowed.join(', ')}` : 'it takes none')
  throw new ExplainerError('invalid-parameter', String(path[0] ?? explainer.method), message)
}

export interface EvidenceEnvironment {
  readonly classifier: Classifier
  /** [3, height, width] of the picture that the request names. */
  readonly picture: FloatTensor
  /** Named parts of the picture, to be measured. */
  readonly regions?: readonly Region[]
  /** Evidence that is already there. Asked for the basis of a derived method before it is computed anew. */
  readonly knownEvidence?: (request: EvidenceRequest) => Promise<Evidence | undefined>
  readonly progress?: ReportProgress
  readonly signal?: AbortSignal
}

/**
 * Computes evidence and its full manifest.
 *
 * Measurements: those of the method; `target` with the index, name and logit of the explained class (for methods
 * that explain one); and `regions`, by name, where the picture has any.
 *
 * @throws ExplainerError
 */
export async function computeEvidence(
  request: EvidenceRequest,
  environment: EvidenceEnvironment,
): Promise<Evidence> {
  const { classifier, picture, regions, progress, signal } = environment
  const registered = findMethod(request.method)
  if (classifier.sha256 !== request.model.sha256) {
    const message = `The request names weights ${request.model.sha256.slice(0, 12)}, ${classifier.name} has ${classifier.sha256.slice(0, 12)}`
    throw new ExplainerError('model-unsupported', request.model.name, message)
  }
  const { target: asked, ...own } = request.parameters
  const target = registered.explainsClass ? Number(asked) : 0
  checkTarget(target, classifier)
  const parameters = checkParameters(registered, own, request.variant, classifier)
  const explainRequest = {
    classifier,
    picture,
    target,
    variant: request.variant,
    parameters,
    seed: request.seed,
    ...(regions && { regions }),
    ...(progress && { progress }),
    ...(signal && { signal }),
  }
  const { explainer } = registered
  const basis = 'basis' in explainer ? await basisOf(request, explainer, environment) : undefined
  const start = performance.now()
  const { result: explanation, remote } = await recordingRemote<Explanation>(() =>
    'basis' in explainer ? explainer.explain(explainRequest, basis!) : explainer.explain(explainRequest),
  )
  const seconds = (performance.now() - start) / 1000
  const manifest = manifestOf(request, classifier, explanation, explainer.version)
  const { precision } = manifest
  const ofCopies = explanation.precision !== undefined
  const precisionError =
    precision === 'float32'
      ? undefined
      : await measurePrecisionError({ classifier, picture, target, precision, ofCopies })
  return {
    manifest: { ...manifest, ...remote, ...(precisionError !== undefined && { precisionError }) },
    arrays: explanation.arrays,
    measurements: {
      ...explanation.measurements,
      ...(registered.explainsClass && { target: describeTarget(target, classifier, explanation) }),
      ...(regions && { regions: measureRegions(explanation.arrays, regions) }),
    },
    seconds,
  }
}

async function basisOf(
  request: EvidenceRequest,
  { basis: method, ownParameters = [] }: DerivedExplainer,
  environment: EvidenceEnvironment,
): Promise<Evidence> {
  const shared = Object.entries(request.parameters).filter(([name]) => !ownParameters.includes(name))
  const needed = { ...request, method, parameters: Object.fromEntries(shared) }
  return (await environment.knownEvidence?.(needed)) ?? computeEvidence(needed, environment)
}

function manifestOf(
  request: EvidenceRequest,
  classifier: Classifier,
  { batch, otherModels, precision = classifier.precision }: Explanation,
  version: number,
): EvidenceManifest {
  return {
    ...request,
    provider: classifier.provider,
    ...insteadOf(classifier.provider),
    precision,
    batch,
    versions: { method: version, onnxruntime: onnxruntimeVersion },
    ...(otherModels && { otherModels }),
  }
}

function describeTarget(target: number, { classes }: Classifier, { arrays }: Explanation): Json {
  return { index: target, name: classes[target]!, logit: arrays.logits?.data[target] ?? null }
}

/** @returns the name under which evidence of this request is found, before provider and versions are known. */
export function requestId(request: EvidenceRequest): string {
  return hashOfJson(request)
}

/** @returns the name of evidence. */
export function evidenceId({ manifest }: Evidence): string {
  return hashOfJson(manifest)
}
