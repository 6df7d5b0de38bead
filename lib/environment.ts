import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { kserveVariables } from '@/lib/explainers/runtime/kserve/settings'
import { areNetworks } from '@/lib/forwarded-headers'
import { expositionProblem } from '@/lib/metrics/exposition.mjs'

/** Everything that Vitrine reads from the environment, in one place, checked before anything starts. */

export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'

  /** @param problems one sentence a setting, each beginning with the setting's name */
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
}

const SECRET_LENGTH = 32
const METRICS_TOKEN_LENGTH = 16
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const postgresAddress = z.string().refine((value) => {
  const protocol = URL.canParse(value) ? new URL(value).protocol : ''
  return protocol === 'postgresql:' || protocol === 'postgres:'
}, 'must be an address such as postgresql://user:password@host:5432/vitrine')

const webAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an address such as https://vitrine.example.edu',
})

const objectsSetting = /^(postgresql|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9_.-]+)*)$/

const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  /** PostgreSQL. `npm start` without it runs an embedded server and sets it for its children. */
  DATABASE_URL: postgresAddress.optional(),
  /** A streaming replica of it, which dashboards read. */
  DATABASE_REPLICA_URL: postgresAddress.optional(),
  /** Signs sessions. */
  NEXTAUTH_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`).optional(),
  /** Signs receipts of submissions. Without it a key is derived from NEXTAUTH_SECRET, and changes with it. */
  VITRINE_RECEIPT_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, as from openssl rand -hex 32')
    .optional(),
  /** Opens students' answer files. Without it a key is derived from NEXTAUTH_SECRET, and changes with it. */
  VITRINE_ANSWER_FILE_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, as from openssl rand -hex 32')
    .optional(),
  /** The address that browsers use. */
  NEXTAUTH_URL: webAddress.optional(),
  /** Whose X-Forwarded headers are believed: addresses and networks. Without it, private ones' and this machine's. */
  VITRINE_PROXIES: z
    .string()
    .refine(areNetworks, 'must be addresses or networks such as 10.0.0.5 or 10.1.0.0/16, with spaces between')
    .optional(),
  /** Instead of NEXTAUTH_URL: believe the Host header. `npm start` does so where no address is given. */
  AUTH_TRUST_HOST: z.stringbool({ error: 'must be true or false' }).default(false),
  /** Demo accounts with known passwords. Without it: off in production (`npm start` sets it for its own children). */
  VITRINE_DEMO: z.enum(['on', 'off'], 'must be on or off').optional(),
  /** In demo mode: whether the first start adds the second example assignment. */
  VITRINE_EXAMPLES: z.enum(['on', 'off'], 'must be on or off').default('on'),
  /** Folder for the embedded database, generated secrets and the build's fingerprint. */
  VITRINE_DATA: z.string().optional(),
  /** Web processes on one port; bin/web.mjs chooses where it is not given. */
  VITRINE_WEB_PROCESSES: z.coerce
    .number('must be a number from 1 to 8')
    .int('must be a number from 1 to 8')
    .min(1, 'must be a number from 1 to 8')
    .max(8, 'must be a number from 1 to 8')
    .optional(),
  /** Workers of figures that `npm start` runs; without it `chooseFigureWorkers` says. */
  VITRINE_FIGURE_WORKERS: z.coerce
    .number('must be a number from 1 to 16')
    .int('must be a number from 1 to 16')
    .min(1, 'must be a number from 1 to 16')
    .max(16, 'must be a number from 1 to 16')
    .optional(),
  /** Connections that one process may hold; bin/web.mjs divides what there is among the web processes. */
  VITRINE_DATABASE_CONNECTIONS: z.coerce
    .number('must be a number')
    .int()
    .min(2, 'must be 2 at least')
    .default(10),
  /** Where large files are kept: `postgresql`, or `s3://bucket` or `s3://bucket/prefix`. Credentials as AWS' tools find them. */
  VITRINE_OBJECTS: z
    .string()
    .regex(objectsSetting, 'must be postgresql, or an address such as s3://bucket/prefix')
    .default('postgresql'),
  /** Of a store that is not AWS' own, such as http://minio:9000. */
  VITRINE_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://s3.example.edu' })
    .optional(),
  VITRINE_S3_REGION: z.string().optional(),
  /** Whether the bucket is part of the path rather than of the host's name; by default where an endpoint is given. */
  VITRINE_S3_PATH_STYLE: z.enum(['on', 'off'], 'must be on or off').optional(),
  /** The Hugging Face Hub, or a mirror of it, from which instructors may have models fetched; `off`: they may not. */
  VITRINE_HUB: z.literal('off').or(webAddress).default('https://huggingface.co'),
  /** Where each process serves its metrics, on an address of its own; without a port they are not served. */
  VITRINE_METRICS_PORT: z.coerce
    .number('must be a number from 1 to 65535')
    .int()
    .min(1)
    .max(65535)
    .optional(),
  VITRINE_METRICS_HOST: z.string().default('127.0.0.1'),
  VITRINE_METRICS_TOKEN: z
    .string()
    .min(METRICS_TOKEN_LENGTH, `must have at least ${METRICS_TOKEN_LENGTH} characters`)
    .optional(),
  /** Statements that take longer, in milliseconds, are logged; 0: none. Without it 100 in development, none elsewhere. */
  VITRINE_SLOW_QUERY_MS: z.coerce.number('must be a number').int().min(0, 'must be 0 or more').optional(),
  /** Where traces are sent, as OpenTelemetry calls it; without either none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webAddress.optional(),
  /** An inference server, which computes instead of this machine. */
  ...kserveVariables,
  HOST: z.string().optional(),
  PORT: z.coerce.number('must be a number from 1 to 65535').int().min(1).max(65535).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  /** Sign-in through an institution (OpenID Connect): all of the first three or none. */
  OIDC_ISSUER: webAddress.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Institution'),
})

/** Names of all settings. */
export const settingNames: readonly string[] = Object.keys(settings.shape)

/** Settings as they were given, before anything is required of them. */
export type Settings = z.infer<typeof settings>

export interface Environment
  extends Omit<Settings, 'VITRINE_DEMO' | 'VITRINE_RECEIPT_KEY' | 'VITRINE_ANSWER_FILE_KEY'> {
  readonly DATABASE_URL: string
  readonly NEXTAUTH_SECRET: string
  /** Secret of the signatures on receipts: 64 hexadecimal digits. */
  readonly receiptKey: string
  /** Secret behind the key for which answer files are sealed: 64 hexadecimal digits. */
  readonly answerFileKey: string
  /** Whether the demo accounts exist and are listed on the sign-in page. */
  readonly demo: boolean
}

/**
 * Reads the settings and checks their form, without asking whether a server could run with them.
 *
 * @throws EnvironmentError naming every setting with a wrong value
 */
export function readSettings(source: NodeJS.ProcessEnv = process.env): Settings {
  // Compose files and shells cannot leave a variable out: an empty one counts as not given.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const
  const absent = oidc.filter((name) => !source[name])
  if (absent.length > 0 && absent.length < oidc.length) {
    for (const name of absent)
      problems.push(`${name} is missing: sign-in through an institution needs ${oidc.join(', ')}`)
  }
  const closed =
    parsed.success && expositionProblem(parsed.data.VITRINE_METRICS_HOST, parsed.data.VITRINE_METRICS_TOKEN)
  if (closed) problems.push(closed)
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems)
  return parsed.data
}

/**
 * The settings of a running server or worker.
 *
 * @throws EnvironmentError naming everything that is missing or wrong, all at once
 */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const {
    VITRINE_DEMO,
    VITRINE_RECEIPT_KEY,
    VITRINE_ANSWER_FILE_KEY,
    DATABASE_URL,
    NEXTAUTH_SECRET,
    ...given
  } = readSettings(source)
  const production = given.NODE_ENV === 'production'
  const problems: string[] = []
  if (!DATABASE_URL) {
    problems.push(
      'DATABASE_URL is missing: a PostgreSQL address such as postgresql://user:password@host:5432/vitrine',
    )
  }
  if (!NEXTAUTH_SECRET) {
    problems.push(
      `NEXTAUTH_SECRET is missing: ${SECRET_LENGTH} or more random characters, as from openssl rand -hex 32`,
    )
  }
  if (production && !given.NEXTAUTH_URL && !given.AUTH_TRUST_HOST) {
    problems.push(
      'NEXTAUTH_URL is missing: the address that browsers use, such as https://vitrine.example.edu',
    )
  }
  if (!DATABASE_URL || !NEXTAUTH_SECRET || problems.length > 0) throw new EnvironmentError(problems)
  return {
    ...given,
    DATABASE_URL,
    NEXTAUTH_SECRET,
    receiptKey: VITRINE_RECEIPT_KEY ?? deriveReceiptKey(NEXTAUTH_SECRET),
    answerFileKey: VITRINE_ANSWER_FILE_KEY ?? deriveKey(NEXTAUTH_SECRET, 'vitrine answer files'),
    demo: VITRINE_DEMO ? VITRINE_DEMO === 'on' : !production,
  }
}

/** @returns milliseconds from which on a statement is slow; 0: none is. */
export function slowStatementMs({ VITRINE_SLOW_QUERY_MS, NODE_ENV }: Settings = readSettings()): number {
  return VITRINE_SLOW_QUERY_MS ?? (NODE_ENV === 'development' ? 100 : 0)
}

/** @returns the address of the Hub, without a slash at its end; null: nothing is fetched from it. */
export function hubAddress({ VITRINE_HUB }: Settings = readSettings()): string | null {
  return VITRINE_HUB === 'off' ? null : VITRINE_HUB.replace(/\/+$/, '')
}

/** @returns whether traces are to be collected. */
export function wantsTraces(settings: Settings = readSettings()): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = settings
  return Boolean(OTEL_EXPORTER_OTLP_ENDPOINT ?? OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
}

export function deriveReceiptKey(sessionSecret: string): string {
  return deriveKey(sessionSecret, 'vitrine receipts')
}

/** A key of its own, from which the secret of the sessions cannot be found. */
function deriveKey(sessionSecret: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', sessionSecret, '', purpose, 32)).toString('hex')
}

let current: Environment | undefined

/** This process's environment, read once, at first use (a build has none). */
export function environment(): Environment {
  current ??= readEnvironment()
  return current
}
