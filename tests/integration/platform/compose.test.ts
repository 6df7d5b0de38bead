import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const settings = {
  POSTGRES_PASSWORD: 'database-password',
  NEXTAUTH_SECRET: 'session-secret-session-secret-session',
  NEXTAUTH_URL: 'https://vitrine.example.edu',
}

const service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
})
const configuration = z.object({ services: z.record(z.string(), service) })

function compose(environment: Readonly<Record<string, string | undefined>>) {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, ...environment } as unknown as NodeJS.ProcessEnv
  return spawnSync('docker', ['compose', 'config', '--format', 'json'], { env, encoding: 'utf8' })
}

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0

describe.skipIf(!hasCompose)('docker compose config (skipped where docker compose is not installed)', () => {
  it('makes database, pages and worker of one image, waiting for each other', () => {
    const { services } = configuration.parse(JSON.parse(compose(settings).stdout))
    expect(Object.keys(services).sort()).toEqual(['exploration-worker', 'postgres', 'setup', 'web', 'worker'])
    expect(services.web?.image).toBe(services.worker?.image)
    expect(services.setup?.depends_on?.postgres?.condition).toBe('service_healthy')
    expect(services.worker?.environment).toMatchObject({
      NODE_ENV: 'production',
      VITRINE_DEMO: 'off',
      DATABASE_URL: 'postgresql://vitrine:database-password@postgres:5432/vitrine',
    })
  })

  it.each(Object.keys(settings))('does not start without %s', (name) => {
    const { status, stderr } = compose({ ...settings, [name]: undefined })
    expect(status).not.toBe(0)
    expect(stderr).toContain(name)
  })
})

describe('docker-compose.yml', () => {
  it('gives no secret a default', () => {
    const text = readFileSync('docker-compose.yml', 'utf8')
    expect(parse(text)).toHaveProperty('services.postgres')
    for (const name of Object.keys(settings)) {
      const uses = text.match(new RegExp(`\\$\\{${name}[^}]*\\}`, 'g')) ?? []
      expect(uses.length).toBeGreaterThan(0)
      for (const use of uses) expect(use).toMatch(new RegExp(`^\\$\\{${name}:\\?`))
    }
  })

  it('gives pages and workers one folder for models and corpora that are added', () => {
    const { services, volumes } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true })
    expect(volumes).toHaveProperty('data')
    for (const name of ['setup', 'web', 'worker', 'exploration-worker']) {
      expect(services[name].volumes).toContain('data:/data')
      expect(services[name].environment.VITRINE_DATA).toBe('/data')
    }
  })
})
