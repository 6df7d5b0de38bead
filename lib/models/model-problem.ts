import { ExplainerError } from '@/lib/explainers/errors'
import { FetchError } from '@/lib/models/fetch-failure'
import type { ModelProblem } from '@/lib/models/view'

/** @returns what is kept of an error with the model that it refused; of an unexpected one nothing of its message. */
export function modelProblemOf(error: unknown): ModelProblem {
  if (error instanceof FetchError) return { code: error.failure, message: error.message }
  if (!(error instanceof ExplainerError)) return { code: 'internal', message: '' }
  const code = error.code === 'model-damaged' ? 'model-damaged' : 'model-unsupported'
  return { code, message: error.message }
}
