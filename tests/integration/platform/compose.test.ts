import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { contracts } from '@/lib/api/contracts'
import { largestBody } from '@/lib/api/route'
import { readEnvironment, settingNames } from '@/lib/environment'
import { modelLimits } from '@/lib/models/limits'

const required = {
  POSTGRES_PASSWORD: 'databasepassword',
  NEXTAUTH_SECRET: 'session-secret-session-secret-session',
  NEXTAUTH_URL: 'https://vitrine.example.edu',
}
const { POSTGRES_PASSWORD: _, ...shared } = required
const ofFurtherMachines = { ...shared, DATABASE_URL: 'postgresql://vitrine:x@10.0.0.10:5432/vitrine' }
const ofStores = { AWS_ACCESS_KEY_ID: 'store', AWS_SECRET_ACCESS_KEY: 'store-password-store' }

const ofWatching = { VITRINE_METRICS_TOKEN: 'metrics-token-metrics', GRAFANA_PASSWORD: 'grafana-password' }

/** Settings that the engine reads by itself. */
const ofComputing = ['VITRINE_PROVIDER', 'VITRINE_PRECISION']
/** Settings that mean nothing in a container: `npm start` has them, or the container's own address is it. */
const ofNoContainer = [
  'AUTH_TRUST_HOST',
  'HOST',
  'PORT',
  'VITRINE_EXAMPLES',
  'VITRINE_FIGURE_WORKERS',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
]

const files = {
  'docker-compose.yml': required,
  'deploy/machine.yml': ofFurtherMachines,
  'deploy/s3.yml': ofStores,
  'deploy/watch.yml': ofWatching,
} as const
type ComposeFile = keyof typeof files

const duration = z.string().regex(/^\d+s$/)
const serviceSchema = z.strictObject({
  image: z.string().optional(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  restart: z.enum(['unless-stopped', 'no']).optional(),
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string().regex(/^([\d.]+:)?\d+:\d+$/)).optional(),
  volumes: z.array(z.string()).optional(),
  stop_grace_period: duration.optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }),
    )
    .optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: duration,
      timeout: duration,
      start_period: duration.optional(),
      retries: z.int(),
    })
    .optional(),
  deploy: z.object({ resources: z.looseObject({}) }).optional(),
})
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
})

/** As Compose does: `${NAME:-default}`, `${NAME:?what is missing}`, `$$`. */
function interpolate(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (whole, name: string, kind: string, rest: string) => {
      if (whole === '$$') return '$'
      if (given[name]) return given[name]
      if (kind === '?') throw new Error(`${name}: ${rest}`)
      return rest ?? ''
    },
  )
}

function read(file: ComposeFile, given: Readonly<Record<string, string>> = files[file]) {
  const document: unknown = JSON.parse(
    JSON.stringify(parse(readFileSync(file, 'utf8'), { merge: true })),
    (_, value: unknown) => (typeof value === 'string' ? interpolate(value, given) : value),
  )
  return composeSchema.parse(document)
}

const isOurs = ({ image }: z.infer<typeof serviceSchema>) => image === 'vitrine'
const programs = (file: ComposeFile) =>
  Object.entries(read(file).services).filter(([, service]) => isOurs(service))

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0

describe.skipIf(!hasCompose)('docker compose config (skipped where docker compose is not installed)', () => {
  it.each([
    [['docker-compose.yml'], required],
    [['docker-compose.yml', 'deploy/s3.yml'], { ...required, ...ofStores }],
    [['docker-compose.yml', 'deploy/watch.yml'], { ...required, ...ofWatching }],
    [['deploy/machine.yml'], ofFurtherMachines],
  ])('takes %s', (names, given) => {
    const { PATH, HOME } = process.env
    const env = { PATH, HOME, ...given } as unknown as NodeJS.ProcessEnv
    const parameters = ['compose', ...names.flatMap((name) => ['-f', name]), 'config', '--quiet']
    expect(spawnSync('docker', parameters, { env, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    })
  })
})

describe.each(Object.keys(files) as ComposeFile[])('%s', (file) => {
  const text = readFileSync(file, 'utf8')

  it('has services that Compose understands, which wait for others that are there', () => {
    const { services, volumes } = read(file)
    const known =
      file === 'deploy/s3.yml' ? { ...read('docker-compose.yml').services, ...services } : services
    for (const service of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(known).toHaveProperty([name])
        if (condition === 'service_healthy') expect(known[name]?.healthcheck).toBeDefined()
      }
      for (const volume of service.volumes ?? []) {
        const [source] = volume.split(':')
        if (source!.startsWith('.')) expect(existsSync(source!)).toBe(true)
        else expect(volumes).toHaveProperty([source!])
      }
    }
  })

  it('runs programs that are there, with settings that they read and take', () => {
    for (const [, { command, environment }] of programs(file)) {
      expect(existsSync(command!.at(-1)!)).toBe(true)
      const known = [...settingNames, ...ofComputing, 'NVIDIA_DRIVER_CAPABILITIES', ...Object.keys(ofStores)]
      expect(known).toEqual(expect.arrayContaining(Object.keys(environment!)))
      expect(() => readEnvironment(environment as unknown as NodeJS.ProcessEnv)).not.toThrow()
    }
  })

  it('hands on every setting that somebody may have set', () => {
    const wanted = [...settingNames, ...ofComputing].filter((name) => !ofNoContainer.includes(name))
    for (const [, { environment }] of programs(file))
      if (environment?.DATABASE_URL !== undefined)
        expect(Object.keys(environment)).toEqual(expect.arrayContaining(wanted))
  })

  it('gives no secret a default', () => {
    for (const name of Object.keys(files[file]))
      expect(() => read(file, { ...files[file], [name]: '' })).toThrow(name)
    const secrets = text.matchAll(/^ +\w*(?:PASSWORD|SECRET|TOKEN|KEY|KEY_ID): (.*)$/gm)
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:(\?.+|-)\}$/)
  })

  it('gives pages and workers one folder for models and corpora that are added', () => {
    for (const [, { volumes, environment }] of programs(file)) {
      expect(volumes).toContain('data:/data')
      expect(environment?.VITRINE_DATA).toBe('/data')
    }
  })
})

describe('machines', () => {
  it('have the same settings', () => {
    const names = (file: ComposeFile, service: string) =>
      Object.keys(read(file).services[service]?.environment ?? {}).sort()
    expect(names('deploy/machine.yml', 'web')).toEqual(names('docker-compose.yml', 'web-1'))
    expect(names('deploy/machine.yml', 'worker-gpu')).toEqual(names('docker-compose.yml', 'worker-gpu'))
  })

  it('have web servers that are asked whether they are ready, and time to end', () => {
    for (const file of ['docker-compose.yml', 'deploy/machine.yml'] as const)
      for (const [name, { healthcheck, stop_grace_period, command }] of programs(file)) {
        if (name === 'setup') continue
        expect(Number.parseInt(stop_grace_period!, 10)).toBeGreaterThan(11)
        if (command?.at(-1) === 'bin/web.mjs')
          expect(healthcheck?.test.at(-1)).toContain(contracts.ready.path)
      }
  })

  it('have a database that takes the connections of them all', () => {
    const { postgres, ...others } = read('docker-compose.yml').services
    const allowed = Number(/max_connections=(\d+)/.exec(postgres?.command?.join(' ') ?? '')?.[1])
    const wanted = Object.values(others).map(({ command }) => (command?.at(-1) === 'bin/web.mjs' ? 48 : 15))
    expect(allowed).toBeGreaterThan(wanted.reduce((sum, connections) => sum + connections, 0))
  })

  it('that have a store of their own use it everywhere', () => {
    const { services } = read('deploy/s3.yml')
    for (const [name] of programs('docker-compose.yml'))
      expect(services[name]?.environment).toMatchObject({ VITRINE_OBJECTS: 's3://vitrine' })
  })
})

describe('deploy/Caddyfile', () => {
  const text = readFileSync('deploy/Caddyfile', 'utf8')
  const megabytes = (name: string) => Number(new RegExp(`${name} (\\d+)MB`).exec(text)?.[1])

  it('asks the web servers whether they are ready, and lets through what they take', () => {
    expect(text).toContain(`health_uri ${contracts.ready.path}`)
    expect(megabytes('max_size') * 1e6).toBeGreaterThan(modelLimits.upload)
    expect(text).toContain(`request_buffers ${largestBody / 1024}KiB`)
    for (const [, name] of text.matchAll(/^[^#]*\{\$(\w+)\}/gm))
      expect(read('docker-compose.yml').services.proxy?.environment).toHaveProperty([name!])
    expect(text.split('{').length).toBe(text.split('}').length)
  })

  it('sends nothing twice that is not the same as once', () => {
    expect(/lb_retry_match \{\s+method ([A-Z ]+)\n/.exec(text)?.[1]?.split(' ')).toEqual([
      'GET',
      'HEAD',
      'PUT',
      'DELETE',
    ])
  })
})
