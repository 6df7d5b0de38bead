import type { ZodType } from 'zod'
import { ExplainerError } from '../errors'
import { type Evidence, type EvidenceRequest, hashOfJson, type Json, type Variant } from '../evidence'
import type { Parameters } from '../explainer'
import { recordingRemote } from '../runtime/kserve/remote-record'
import { insteadOf, onnxruntimeVersion } from '../runtime/provider'
import type { LanguageExplainer } from './language-explainer'
import type { LanguageModel } from './language-model'

export interface LanguageEvidenceParts<I, P extends Parameters> {
  readonly explainer: LanguageExplainer<I, P>
  readonly model: LanguageModel
  /** What is explained; checked against the explainer's schema. */
  readonly input: unknown
  /** For a reader: `sentence`, `passage 2`. The content's hash identifies it. */
  readonly inputName: string
  readonly variant: Variant
  /** What differs from the defaults of method and variant. */
  readonly parameters?: { readonly [name: string]: Json | undefined }
  readonly signal?: AbortSignal
}

/** What must be known of a method to ask for its evidence. */
export type RequestedMethod<I, P extends Parameters> = Pick<
  LanguageExplainer<I, P>,
  'method' | 'input' | 'parameters'
>

/**
 * Names the evidence of a method for text before it is computed, with every default filled in. Nothing is random: the
 * seed is 0.
 * @throws ExplainerError 'invalid-parameter' that names each wrong input or parameter
 */
export function buildLanguageRequest<I, P extends Parameters>(
  parts: Omit<LanguageEvidenceParts<I, P>, 'explainer' | 'model' | 'signal'> & {
    readonly explainer: RequestedMethod<I, P>
    readonly model: Pick<LanguageModel, 'name' | 'sha256' | 'config'>
  },
): EvidenceRequest {
  const { explainer, model, inputName, variant } = parts
  return {
    method: explainer.method,
    variant,
    parameters: check(explainer.parameters(variant, model), parts.parameters ?? {}, explainer.method),
    model: { name: model.name, sha256: model.sha256 },
    input: { name: inputName, sha256: hashOfJson(check(explainer.input(), parts.input, explainer.method)) },
    seed: 0,
  }
}

/**
 * Computes the evidence of a method for text, with its full manifest.
 * @throws ExplainerError as `buildLanguageRequest`, and those of the method
 */
export async function computeLanguageEvidence<I, P extends Parameters>(
  parts: LanguageEvidenceParts<I, P>,
): Promise<Evidence> {
  const { explainer, model, variant, signal } = parts
  const request = buildLanguageRequest(parts)
  const start = performance.now()
  const { result, remote } = await recordingRemote(() =>
    explainer.explain({
      model,
      input: check(explainer.input(), parts.input, explainer.method),
      variant,
      parameters: check(explainer.parameters(variant, model), parts.parameters ?? {}, explainer.method),
      ...(signal ? { signal } : {}),
    }),
  )
  const { arrays, measurements, batch } = result
  const seconds = (performance.now() - start) / 1000
  return {
    manifest: {
      ...request,
      provider: model.provider,
      ...remote,
      ...insteadOf(model.provider),
      precision: model.precision,
      batch,
      versions: { method: explainer.version, onnxruntime: onnxruntimeVersion },
    },
    arrays,
    measurements,
    seconds,
  }
}

function check<Result>(schema: ZodType<Result>, value: unknown, method: string): Result {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  )
  throw new ExplainerError(
    'invalid-parameter',
    String(parsed.error.issues[0]?.path[0] ?? method),
    `Wrong parameters for ${method}: ${problems.join('; ')}`,
  )
}
