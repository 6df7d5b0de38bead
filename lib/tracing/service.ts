import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node'
import { redactText } from '@/lib/log-redaction'
import { type SpanAttributes, setTracing, type TraceCarrier } from '@/lib/tracing/span'

/**
 * Traces by OpenTelemetry, sent by OTLP over HTTP. Everything is set by its standard variables: OTEL_EXPORTER_OTLP_ENDPOINT,
 * OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_SERVICE_NAME, ….
 */

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
} as const

/** Next notes whole addresses, and an invitation's is its secret. */
const withoutSecrets: SpanProcessor = {
  onStart(span) {
    const target = span.attributes['http.target']
    if (typeof target === 'string') span.setAttribute('http.target', redactText(target))
  },
  onEnd() {},
  forceFlush: async () => {},
  shutdown: async () => {},
}

/**
 * Begins to trace. Next finds the provider by itself, and adds its own spans of pages and routes.
 * @param service what this process is, unless OTEL_SERVICE_NAME says otherwise
 */
export function startTracing(service: string): void {
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': service,
          'service.namespace': 'vitrine',
          'process.pid': process.pid,
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [withoutSecrets, new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  provider.register()
  const tracer = trace.getTracer('vitrine')
  setTracing({
    inSpan: ({ name, kind = 'internal', attributes, carrier }, work) => {
      const parent = carrier ? propagation.extract(context.active(), carrier) : context.active()
      return tracer.startActiveSpan(
        name,
        { kind: kinds[kind], ...(attributes && { attributes }) },
        parent,
        (span) => ending(span, () => work((noted: SpanAttributes) => void span.setAttributes(noted))),
      )
    },
    carry: () => {
      const carrier: Record<string, string> = {}
      propagation.inject(context.active(), carrier)
      return carrier satisfies TraceCarrier
    },
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
    stop: () => provider.shutdown(),
  })
}

function ending<Result>(span: Span, work: () => Result): Result {
  const fail = (error: unknown) => {
    // Its name and no more: messages may repeat what somebody has sent.
    const type = error instanceof Error ? error.name : typeof error
    span.setStatus({ code: SpanStatusCode.ERROR, message: type }).setAttribute('error.type', type).end()
  }
  try {
    const result = work()
    if (result instanceof Promise)
      result.then(
        () => span.end(),
        (error: unknown) => fail(error),
      )
    else span.end()
    return result
  } catch (error) {
    fail(error)
    throw error
  }
}
