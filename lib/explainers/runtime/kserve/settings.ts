import { z } from 'zod'
import { ExplainerError } from '../../errors'

/** What the environment says of an inference server. */
export const kserveVariables = {
  VITRINE_KSERVE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://triton:8000' })
    .optional(),
  /** Sent as a bearer token. */
  VITRINE_KSERVE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be a token without spaces')
    .optional(),
  /** Seconds in which a run must be answered. */
  VITRINE_KSERVE_TIMEOUT: z.coerce
    .number('must be a number of seconds from 1 to 600')
    .min(1, 'must be a number of seconds from 1 to 600')
    .max(600, 'must be a number of seconds from 1 to 600')
    .default(60),
}
const variables = z.object(kserveVariables)

export interface KserveSettings {
  /** Without a slash at its end. */
  readonly url: string
  readonly token: string | null
  readonly timeoutSeconds: number
}

/**
 * @returns null: no server is set.
 * @throws ExplainerError 'provider-unavailable' that names each wrong setting
 */
export function readKserveSettings(
  source: Readonly<Record<string, string | undefined>> = process.env,
): KserveSettings | null {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    throw new ExplainerError('provider-unavailable', 'kserve', problems.join('; '))
  }
  const { VITRINE_KSERVE_URL: url, VITRINE_KSERVE_TOKEN: token, VITRINE_KSERVE_TIMEOUT } = parsed.data
  if (url === undefined) return null
  return { url: url.replace(/\/+$/, ''), token: token ?? null, timeoutSeconds: VITRINE_KSERVE_TIMEOUT }
}
