import pino from 'pino'
import { readSettings } from '@/lib/environment'

/** The process's log: one JSON object a line, on standard output. Its details never leave the server. */
export const log = pino({
  level: readSettings().LOG_LEVEL,
  base: undefined,
  serializers: { error: pino.stdSerializers.err },
  timestamp: pino.stdTimeFunctions.isoTime,
})
