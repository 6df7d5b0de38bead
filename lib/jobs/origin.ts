import { z } from 'zod'
import { currentRequest } from '@/lib/request-context'
import { carryTrace, type TraceCarrier } from '@/lib/tracing/span'

/** Which request asked for a job: it travels in the job's payload, so that the worker's log and trace name it too. */
export interface Origin {
  readonly requestId?: string
  readonly trace?: TraceCarrier
}

const payloadSchema = z.object({
  origin: z.object({
    requestId: z.string().max(64).optional(),
    trace: z.record(z.string(), z.string()).optional(),
  }),
})

/** @returns the payload, with what is being done now. Of a job that is asked for again, the last one counts. */
export function withOrigin<Payload extends object>(payload: Payload): Payload & { readonly origin?: Origin } {
  const requestId = currentRequest()?.requestId
  const trace = carryTrace()
  if (!requestId && !trace) return payload
  return { ...payload, origin: { ...(requestId && { requestId }), ...(trace && { trace }) } }
}

/** @returns who asked; nobody for jobs that an older version queued, and those that the clock asks for. */
export function originOf(payload: unknown): Origin {
  const parsed = payloadSchema.safeParse(payload)
  return parsed.success ? parsed.data.origin : {}
}
