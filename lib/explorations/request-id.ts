import { hashOfJson } from '@/lib/explainers/evidence'
import type { ExplorationRequest } from '@/lib/explorations/schema'

/** Raised when results get another form or other numbers: what was kept before is then not found any more. */
const RESULT_VERSION = 1

/** @returns the request without what makes no difference to its result, so that equal questions have one name. */
export function normalizeRequest(request: ExplorationRequest): ExplorationRequest {
  if (request.kind !== 'attention') return request
  const { masks, compare } = request
  // Without masks nothing is predicted and nothing compared.
  return { ...request, compare: masks.length === 0 ? [] : compare }
}

/** @returns the name of an exploration: what was asked decides it, not who asked. */
export function explorationId(request: ExplorationRequest): string {
  return hashOfJson({ version: RESULT_VERSION, request: normalizeRequest(request) })
}
