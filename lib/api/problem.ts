import { type ProblemCode, problems } from '@/lib/api/problems'
import type { Bilingual } from '@/lib/explainers/bilingual'

/** A request field at fault: its path (`body.revision`) and zod's name for what is wrong with it. */
export interface FieldProblem {
  readonly path: string
  readonly issue: string
}

export interface ProblemOptions {
  readonly fields?: readonly FieldProblem[]
  /** What the caller may know besides the code, put into the answer as it is. */
  readonly facts?: { readonly [name: string]: unknown }
  readonly cause?: unknown
}

/** An expected failure. Thrown by the gate, data and mutations; routes answer with it, pages turn it into a state. */
export class Problem extends Error {
  override readonly name = 'Problem'

  /** @param detail for the log only; it never leaves the server. */
  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly options: ProblemOptions = {},
  ) {
    super(detail === undefined ? code : `${code}: ${detail}`, { cause: options.cause })
  }

  get status(): number {
    return problems[this.code].status
  }
}

export interface ProblemBody {
  readonly code: ProblemCode
  readonly message: Bilingual
  readonly action: string
  readonly requestId: string
  readonly fields?: readonly FieldProblem[]
}

/** @returns what a caller receives for this failure. */
export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const { message, action } = problems[problem.code]
  const { fields, facts } = problem.options
  return { ...facts, code: problem.code, message, action, requestId, ...(fields && { fields }) }
}
