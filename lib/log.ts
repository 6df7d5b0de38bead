import pino from 'pino'
import { readSettings } from '@/lib/environment'
import { currentRequest } from '@/lib/request-context'

/** The process's log: one JSON object a line, on standard output, with the request that it belongs to. Its details never leave the server. */
export const log = pino({
  level: readSettings().LOG_LEVEL,
  base: undefined,
  mixin: () => {
    const request = currentRequest()
    return request ? { requestId: request.requestId } : {}
  },
  serializers: { error: pino.stdSerializers.err },
  timestamp: pino.stdTimeFunctions.isoTime,
})
