import type { Environment } from '@/lib/environment'

export interface ShownSetting {
  readonly name: string
  /** null: not set. */
  readonly value: string | null
}

/** Settings whose value may be shown as it is. A setting that is not named here is not shown. */
const plain = [
  'NODE_ENV',
  'NEXTAUTH_URL',
  'AUTH_TRUST_HOST',
  'VITRINE_DATA',
  'VITRINE_WEB_PROCESSES',
  'VITRINE_PROXIES',
  'VITRINE_FIGURE_WORKERS',
  'VITRINE_DATABASE_CONNECTIONS',
  'VITRINE_OBJECTS',
  'VITRINE_S3_ENDPOINT',
  'VITRINE_S3_REGION',
  'VITRINE_S3_PATH_STYLE',
  'VITRINE_HUB',
  'HOST',
  'PORT',
  'LOG_LEVEL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_NAME',
] as const satisfies readonly (keyof Environment)[]

/** @returns the settings in force of the process that is asked, without secrets: of addresses only what leads to a place. */
export function shownSettings(environment: Environment): readonly ShownSetting[] {
  const shown = (value: unknown) => (value === undefined ? null : withoutCredentials(String(value)))
  return [
    { name: 'DATABASE_URL', value: withoutCredentials(environment.DATABASE_URL) },
    ...plain.map((name) => ({ name, value: shown(environment[name]) })),
    { name: 'VITRINE_DEMO', value: environment.demo ? 'on' : 'off' },
  ]
}

/** @returns an address without name, password, query and fragment; anything else as it is. */
function withoutCredentials(value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value
  if (!URL.canParse(value)) return '…'
  const { protocol, host, pathname } = new URL(value)
  return `${protocol}//${host}${pathname}`
}
