import { ExplainerError, type ExplainerErrorCode } from '@/lib/explainers/errors'

/** Why something cannot be had from a server, as a closed list; a page puts each into words. */
export const fetchFailures = [
  /** There is no connection, it broke again and again, or the server is in trouble. */
  'away',
  'missing',
  /** The server asks who wants it. */
  'gated',
  'too-large',
  /** What came is not what was announced. */
  'mismatch',
  'disk-full',
] as const
export type FetchFailure = (typeof fetchFailures)[number]

const codes: Readonly<Record<FetchFailure, ExplainerErrorCode>> = {
  away: 'model-missing',
  missing: 'model-missing',
  gated: 'model-missing',
  'too-large': 'model-unsupported',
  mismatch: 'model-damaged',
  'disk-full': 'model-missing',
}

/** An expected failure of a download. `subject` names the file or the repository. */
export class FetchError extends ExplainerError {
  constructor(
    readonly failure: FetchFailure,
    subject: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(codes[failure], subject, message, options)
  }
}

/** @returns what the status of a refusal says, or null: asking later may help, as after 408, 429 and a server's own troubles. */
export function failureOfStatus(status: number): FetchFailure | null {
  if (status >= 500 || status === 408 || status === 429) return null
  return status === 401 || status === 403 ? 'gated' : 'missing'
}

/** As the operating system says it, for the whole disk or for one's share of it, and as PostgreSQL does. */
const fullCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100']

/** @param subject what could not be written */
export function noRoom(subject: string, cause: unknown): FetchError {
  return new FetchError('disk-full', subject, `${subject} cannot be stored: there is no room left`, { cause })
}

/** @returns whether something could not be written for want of room. */
export function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    (fullCodes.includes((error as { code?: unknown }).code) || isDiskFull(error.cause))
  )
}
