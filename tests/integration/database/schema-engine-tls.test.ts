import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '@/lib/database/embedded/server'

/** The stand-in for Prisma's schema engine against a server whose certificate nobody has vouched for. */

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe.skipIf(!hasOpenssl)('the schema engine over TLS (skipped where openssl is not installed)', () => {
  let folder: string
  let database: EmbeddedDatabase | undefined
  const certificate = () => path.join(folder, 'certificate.pem')

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'vitrine-tls-'))
    // Opened once before, so that there is an account to give the key to.
    await (await openEmbeddedDatabase(folder)).close()
    const key = path.join(folder, 'key.pem')
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'],
      ...['-keyout', key, '-out', certificate(), ...subject],
    ])
    expect(made.status).toBe(0)
    const { uid, gid } = statSync(path.join(folder, 'database'))
    chownSync(key, uid, gid)
    const settings = { ssl: 'on', ssl_cert_file: certificate(), ssl_key_file: key }
    database = await openEmbeddedDatabase(folder, { settings })
  })

  afterAll(async () => {
    await database?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function connect(parameters: string): { status: number | null; output: string } {
    const url = new URL(`${database?.url}?${parameters}`)
    const { password } = url
    url.password = ''
    const { status, stderr } = spawnSync(
      path.resolve('bin/schema-engine.mjs'),
      ['--datasource', JSON.stringify({ url: url.toString() }), 'cli', 'can-connect-to-database'],
      { env: { ...process.env, PGPASSWORD: password }, encoding: 'utf8' },
    )
    return { status, output: stderr }
  }

  it.each(['sslmode=prefer', 'sslmode=require', 'sslmode=verify-ca', 'sslmode=verify-full'])(
    'refuses an unknown certificate with %s',
    (parameters) => {
      const { status, output } = connect(parameters)
      expect(output).toMatch(/self-signed certificate/)
      expect(status).toBe(1)
    },
  )

  it('takes a certificate that was vouched for', () => {
    const { status, output } = connect(`sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate())}`)
    expect(output).not.toMatch(/"level":"ERROR"/)
    expect(status).toBe(0)
  })

  it('takes any certificate only when told to, and says so', () => {
    const { status, output } = connect('sslmode=no-verify')
    expect(output).toMatch(/"level":"WARN".*not checked/)
    expect(status).toBe(0)
  })
})
