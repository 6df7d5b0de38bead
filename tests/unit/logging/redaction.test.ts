import fc from 'fast-check'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { redactCall, redactFields, redactText } from '@/lib/log-redaction'

/** What a logger as ours writes. */
function line(fields: Record<string, unknown>, message = 'said'): string {
  let written = ''
  const logger = pino(
    { formatters: { log: redactFields }, hooks: { streamWrite: redactText } },
    {
      write: (text: string) => {
        written += text
      },
    },
  )
  logger.error(fields, message)
  return written
}

const canary = 'Canary-5f2b91c07d'

describe('a line of the log', () => {
  it.each([
    'password',
    'newPassword',
    'passwordHash',
    'token',
    'csrfToken',
    'invitationToken',
    'secret',
    'clientSecret',
    'cookie',
    'set-cookie',
    'Authorization',
    'receiptKey',
    'optionIds',
    'answer',
    'answers',
    'stored',
    'key',
    'keys',
    'answerKey',
    'explanation',
    'values',
    'body',
  ])('has no value of %s, however deep, whatever it is', (name) => {
    fc.assert(
      fc.property(
        fc.constantFrom<unknown>(canary, [canary], { inner: canary }, [{ a: [canary] }]),
        fc.array(fc.constantFrom('request', 'options', 'facts', '0'), { maxLength: 4 }),
        (value, path) => {
          const fields = path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), { [name]: value })
          expect(line(fields as Record<string, unknown>)).not.toContain(canary)
        },
      ),
      { numRuns: 20 },
    )
  })

  it.each([
    `postgresql://vitrine:${canary}@database:5432/vitrine`,
    `Authorization: Bearer ${canary}`,
    `/invitations/${canary}-${canary}`,
    `https://site.example/callback?code=${canary}&state=${canary}`,
    `eyJhbGciOiJkaXIifQ..${canary}.${canary}.${canary}`,
    `$argon2id$v=19$m=65536,t=3,p=4$${canary}$${canary}`,
  ])('has no secret that is known by its look: %s', (text) => {
    expect(line({ address: text }, `failed with ${text}`)).not.toContain(canary)
    expect(line({ error: new Error(text) })).not.toContain(canary)
  })

  it('says of an error what it is and where, and nothing that it repeats of what was sent', () => {
    const fromPostgres = Object.assign(
      new Error('duplicate key value violates unique constraint "User_email_key"'),
      {
        code: '23505',
        severity: 'ERROR',
        constraint: 'User_email_key',
        detail: `Key (email)=(${canary}) already exists.`,
        where: `unnamed portal parameter $1 = '${canary}'`,
        parameters: [canary],
      },
    )
    const written = line({ error: new Error('saving failed', { cause: fromPostgres }) })
    expect(written).not.toContain(canary)
    const { error } = JSON.parse(written)
    expect(error).toMatchObject({
      type: 'Error',
      message: 'saving failed',
      cause: { code: '23505', constraint: 'User_email_key' },
    })
    expect(error.stack).toContain('redaction.test.ts')
  })

  it('has no arguments of a call of Prisma', () => {
    const message = `\nInvalid \`prisma.user.create()\` invocation:\n\n{\n  data: {\n    name: "${canary}"\n  }\n}\n\nArgument \`email\` is missing.`
    const error = Object.assign(new Error(message), { name: 'PrismaClientValidationError' })
    const written = line({ error })
    expect(written).not.toContain(canary)
    expect(JSON.parse(written).error.message).toBe(
      'Invalid `prisma.user.create()` invocation: Argument `email` is missing.',
    )
    expect(redactCall(message)).not.toContain(canary)
  })

  it('keeps what is no secret', () => {
    const fields = {
      route: 'PUT /api',
      code: 'attempt-submitted',
      milliseconds: 12,
      tokens: 3,
      kind: null,
      list: [1, { a: 'b' }],
    }
    expect(JSON.parse(line(fields))).toMatchObject(fields)
  })
})
