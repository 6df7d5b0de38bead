/**
 * Takes out of log lines what must not be there: passwords, tokens, keys, answers, and whatever an error repeats of what
 * was sent. Pure; `lib/log.ts` passes every line through it, so that no caller has to remember.
 */

const REDACTED = '[redacted]'
/** Deeper than that nobody reads. */
const deepest = 8

/** Names of fields whose values are secrets or somebody's answers, wherever they are. */
const secretField =
  /^(.*(password\w*|passphrase|secret|token|cookie|authorization|receiptkey|answerfilekey|apikey|privatekey)|optionids|answers?|stored|selection|key|keys|answerkeys?|explanations?|parameters?values|values|args|body)$/i

/** Secrets by their look, wherever they stand in a line. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  // next-auth's sessions and other JSON Web Tokens, signed or encrypted.
  [/\beyJ[\w-]+(?:\.[\w-]*){2,4}/g, REDACTED],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  // Addresses with a password: postgresql://vitrine:…@host.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]+):[^\s@"\\]+@/gi, `$1:${REDACTED}@`],
  // Links of invitations, and secrets in a query.
  [/(\/invitations?\/)[\w-]{16,}/g, `$1${REDACTED}`],
  [/([?&](?:token|code|state|password|secret|signature)=)[^&\s"\\]+/gi, `$1${REDACTED}`],
  [/\$argon2[\w$=,+/.-]+/g, REDACTED],
]

/** @returns a text without what looks like a secret. */
export function redactText(text: string): string {
  return secretTexts.reduce((cleaned, [pattern, instead]) => cleaned.replaceAll(pattern, instead), text)
}

/** @returns the fields of a line without secrets; errors as what may be known of them. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactObject(fields, 0)
}

function redactObject(object: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      secretField.test(name) && value !== null && value !== undefined
        ? REDACTED
        : redactValue(value, depth + 1),
    ]),
  )
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return '[deeper]'
  if (value instanceof Error) return describeError(value, depth)
  if (value instanceof Date) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1))
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`
  return redactObject(value, depth)
}

/** Of an error's own fields, those that say where and which kind. PostgreSQL's `detail` and `where` repeat values. */
const errorFields = [
  'code',
  'severity',
  'table',
  'column',
  'constraint',
  'routine',
  'digest',
  'provider',
  'detail',
] as const

function describeError(error: Error, depth: number): Record<string, unknown> {
  const own = error as Error & Record<string, unknown>
  const fromPostgres = typeof own.severity === 'string'
  const kept = errorFields.flatMap((name) =>
    typeof own[name] === 'string' && !(fromPostgres && name === 'detail') ? [[name, own[name]]] : [],
  )
  const message = messageOf(error)
  return {
    type: error.name,
    message,
    stack: stackOf(error, message),
    ...Object.fromEntries(kept),
    ...(error.cause !== undefined && { cause: redactValue(error.cause, depth + 1) }),
  }
}

/** @returns a text that Prisma's errors print, without the arguments of the call. */
export function redactCall(text: string): string {
  return text.replace(/(Invalid `[^`]+` invocation)[\s\S]*/, '$1')
}

/** Prisma repeats the whole call with its arguments, and says the reason last. */
function messageOf({ name, message }: Error): string {
  if (!name.startsWith('PrismaClient')) return message
  const paragraphs = message.trim().split(/\n\s*\n/)
  const call = /Invalid `[^`]+` invocation/.exec(message)?.[0]
  const reason = paragraphs.at(-1)?.trim() ?? ''
  return [call, reason.includes('{') ? undefined : reason].filter(Boolean).join(': ')
}

function stackOf({ stack, name }: Error, message: string): string {
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return [`${name}: ${message}`, ...frames].join('\n')
}
