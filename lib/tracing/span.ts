/**
 * Spans of traces, for code that does not know whether anybody collects them. Until lib/tracing/service.ts is started, which
 * a setting decides, nothing of OpenTelemetry is loaded and a span costs one look at a variable.
 */

export type SpanAttributes = { readonly [name: string]: string | number | boolean }

/** Names a span from outside this process, as W3C writes it (`traceparent`). */
export type TraceCarrier = { readonly [header: string]: string }

export interface SpanDescription {
  /** Of few values: a route, a task, a kind of statement. */
  readonly name: string
  /** `server` and `consumer` begin what another process asked for; `client` waits for another. */
  readonly kind?: 'internal' | 'server' | 'client' | 'consumer'
  readonly attributes?: SpanAttributes
  /** Of whoever asked, in another process. Without it the span belongs to the one that is open here. */
  readonly carrier?: TraceCarrier
}

/** Adds to the span while its work is done. */
export type NoteOnSpan = (attributes: SpanAttributes) => void

export interface Tracing {
  /** Runs `work` at once; the span ends when it has, or when its promise settles, and notes what it throws. */
  readonly inSpan: <Result>(span: SpanDescription, work: (note: NoteOnSpan) => Result) => Result
  /** Names the open span for another process. */
  readonly carry: () => TraceCarrier
  /** Of the open span. */
  readonly traceId: () => string | undefined
  /** Sends what is not sent yet, and ends. */
  readonly stop: () => Promise<void>
}

// bin/web.mjs and Next load copies of this module: one of them starts, and all trace.
const shared = globalThis as typeof globalThis & { vitrineTracing?: Tracing }

export function setTracing(tracing: Tracing | undefined): void {
  shared.vitrineTracing = tracing
}

export function isTracing(): boolean {
  return shared.vitrineTracing !== undefined
}

/** Runs `work` in a span, if traces are collected. */
export function inSpan<Result>(span: SpanDescription, work: (note: NoteOnSpan) => Result): Result {
  return shared.vitrineTracing ? shared.vitrineTracing.inSpan(span, work) : work(() => {})
}

/** @returns what another process needs to go on with this trace; undefined: there is none. */
export function carryTrace(): TraceCarrier | undefined {
  const carrier = shared.vitrineTracing?.carry()
  return carrier && Object.keys(carrier).length > 0 ? carrier : undefined
}

export function currentTraceId(): string | undefined {
  return shared.vitrineTracing?.traceId()
}

/** Before the process ends. */
export async function stopTracing(): Promise<void> {
  await shared.vitrineTracing?.stop()
}
