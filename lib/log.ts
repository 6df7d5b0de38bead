import pino from 'pino'
import { readSettings } from '@/lib/environment'
import { redactCall, redactFields, redactText } from '@/lib/log-redaction'
import { currentRequest } from '@/lib/request-context'
import { currentTraceId } from '@/lib/tracing/span'

/**
 * The process's log: one JSON object a line, on standard output, with the request and the trace that it belongs to. Its
 * details never leave the server; secrets and answers never get into it (`log-redaction.ts`).
 */
export const log = pino({
  level: readSettings().LOG_LEVEL,
  base: undefined,
  mixin: () => {
    const request = currentRequest()
    const traceId = currentTraceId()
    return { ...(request && { requestId: request.requestId }), ...(traceId && { traceId }) }
  },
  formatters: { log: redactFields },
  hooks: { streamWrite: redactText },
  timestamp: pino.stdTimeFunctions.isoTime,
})

/**
 * What libraries print becomes lines of the log too, with the request that it is about: Next prints errors of pages as
 * they are, with whatever they repeat.
 */
export function logConsole(): void {
  const levels = { log: 'info', info: 'info', warn: 'warn', error: 'error' } as const
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, 'info' | 'warn' | 'error'][])
    console[method] = (...printed: unknown[]) => {
      const error = printed.find((value) => value instanceof Error)
      const words = printed.filter((value) => typeof value === 'string').map(redactCall)
      log[level]({ ...(error && { error }), source: 'console' }, words.join(' ').trim() || 'printed')
    }
}
