import { describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment, readSettings } from '@/lib/environment'

const complete = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://vitrine:secret@database:5432/vitrine',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  NEXTAUTH_URL: 'https://vitrine.example.edu',
} as const

function problemsOf(source: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readEnvironment(source as NodeJS.ProcessEnv)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems
    throw error
  }
  return []
}

describe('the environment', () => {
  it('is complete with four settings in production, and then has no demo accounts', () => {
    const environment = readEnvironment(complete)
    expect(environment).toMatchObject({ ...complete, demo: false, LOG_LEVEL: 'info' })
    expect(readEnvironment({ ...complete, VITRINE_DEMO: 'on' }).demo).toBe(true)
    expect(readEnvironment({ ...complete, NODE_ENV: 'development' }).demo).toBe(true)
    expect(readEnvironment({ ...complete, NODE_ENV: 'development', VITRINE_DEMO: 'off' }).demo).toBe(false)
  })

  it('names everything that is missing at once', () => {
    const problems = problemsOf({ NODE_ENV: 'production' })
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'NEXTAUTH_SECRET',
      'NEXTAUTH_URL',
    ])
    const error = new EnvironmentError(problems)
    for (const problem of problems) expect(error.message).toContain(problem)
  })

  it('takes a believed Host header for an address', () => {
    const { NEXTAUTH_URL, ...rest } = complete
    expect(NEXTAUTH_URL).toBeDefined()
    expect(problemsOf(rest)).toHaveLength(1)
    expect(problemsOf({ ...rest, AUTH_TRUST_HOST: 'true' })).toEqual([])
  })

  it('treats an empty setting as one that is not there', () => {
    expect(problemsOf({ ...complete, NEXTAUTH_SECRET: '' })[0]).toMatch(/^NEXTAUTH_SECRET is missing/)
    expect(readSettings({ ...complete, PORT: '', VITRINE_DEMO: '', LOG_LEVEL: '' }).PORT).toBeUndefined()
  })

  it.each([
    ['DATABASE_URL', 'mysql://somewhere/vitrine'],
    ['DATABASE_URL', 'vitrine'],
    ['NEXTAUTH_SECRET', 'short'],
    ['NEXTAUTH_URL', 'vitrine.example.edu'],
    ['NODE_ENV', 'staging'],
    ['VITRINE_DEMO', 'yes'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['AUTH_TRUST_HOST', 'perhaps'],
  ])('refuses %s=%s by name, without repeating its value', (name, value) => {
    const problems = problemsOf({ ...complete, [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} must`))
    if (name === 'NEXTAUTH_SECRET') expect(problems[0]).not.toContain(value)
  })

  it('wants institutional sign-in whole or not at all', () => {
    const oidc = {
      OIDC_ISSUER: 'https://login.example.edu',
      OIDC_CLIENT_ID: 'vitrine',
      OIDC_CLIENT_SECRET: 'secret',
    }
    expect(problemsOf({ ...complete, ...oidc })).toEqual([])
    expect(problemsOf({ ...complete, ...oidc, OIDC_CLIENT_SECRET: undefined })).toEqual([
      expect.stringMatching(/^OIDC_CLIENT_SECRET is missing/),
    ])
    expect(problemsOf({ ...complete, OIDC_CLIENT_ID: 'vitrine' })).toHaveLength(2)
  })
})
