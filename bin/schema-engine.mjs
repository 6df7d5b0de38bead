#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine on machines that could not download it.
 *
 * Prisma's command line speaks JSON-RPC over standard input and output with a native program. This one answers the
 * same calls with the WebAssembly build of the engine (@prisma/schema-engine-wasm) over the ordinary PostgreSQL
 * driver. prisma.config.ts chooses it only when no native engine is installed.
 *
 * The password of the database comes in PGPASSWORD, never in the arguments that every user of the machine can read.
 * Certificates are verified as `sslmode` says in node-postgres: every mode that asks for TLS verifies, except
 * `no-verify` (and libpq's own `require`, with `uselibpqcompat`), which somebody has to write and which is then logged.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** Type numbers of PostgreSQL's catalog. The adapter knows text and not the one-byte type that catalogs use. */
const OID_CHAR = 18
const OID_TEXT = 25

const PROCEDURE_FAILED = 4466
const MAINTENANCE_DATABASE = 'postgres'
const ERROR_CODES = {
  '3D000': 'P1003', // no such database
  '28P01': 'P1000', // wrong password
  28000: 'P1000', // not let in
  42501: 'P1010', // not allowed
}

/** Prisma reads one JSON object a line from standard error, and shows the last one of level ERROR. */
function log(level, fields) {
  process.stderr.write(`${JSON.stringify({ level, target: 'schema_engine::logger', fields })}\n`)
}

function databaseName(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

function withDatabase(url, database) {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.toString()
}

/**
 * A pool of one connection, because the engine takes an advisory lock and expects later statements to hold it. It
 * relabels columns of the one-byte type as text and remembers which they were in its last answer.
 */
class CatalogPool extends pg.Pool {
  singleByteColumns = []

  constructor(url) {
    super({ connectionString: url, max: 1, idleTimeoutMillis: 0 })
  }

  async query(...parameters) {
    const result = await super.query(...parameters)
    this.singleByteColumns = []
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== OID_CHAR) continue
      field.dataTypeID = OID_TEXT
      this.singleByteColumns.push(index)
    }
    return result
  }
}

/** Why the last script failed, in PostgreSQL's own words, of which the engine keeps only a part. */
let lastScriptError

/** The adapter for one database, completed with what the engine needs and the published adapter leaves out. */
async function connect(url, options) {
  const pool = new CatalogPool(url)
  const adapter = await new PrismaPg(pool, { ...options, disposeExternalPool: true }).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  let previous = Promise.resolve()
  adapter.queryRaw = (query) => {
    const answer = previous.then(async () => {
      const result = await queryRaw(query)
      for (const index of pool.singleByteColumns) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    })
    previous = answer.catch(() => {})
    return answer
  }
  // The published adapter cuts scripts at every semicolon, also inside function bodies and texts.
  adapter.executeScript = async (script) => {
    await pool.query(script).catch((error) => {
      lastScriptError = error
      adapter.onError(error)
    })
  }
  return adapter
}

/** The published factory drops a shadow database while its own connection to it is open, which PostgreSQL refuses. */
function adapterFactory(url) {
  const options = { schema: new URL(url).searchParams.get('schema') ?? undefined }
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url, options),
    async connectToShadowDb() {
      const administrator = await connect(url, options)
      const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
      await administrator.executeScript(`CREATE DATABASE "${name}"`)
      const shadow = await connect(withDatabase(url, name), options)
      const dispose = shadow.dispose.bind(shadow)
      shadow.dispose = async () => {
        await dispose()
        await administrator.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
        await administrator.dispose()
      }
      return shadow
    },
  }
}

/** For commands that read only the schema, such as `generate` and `validate`. */
function factoryWithoutDatabase() {
  const refuse = async () => {
    throw new Error('No database address. Set DATABASE_URL.')
  }
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: refuse,
    connectToShadowDb: refuse,
  }
}

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Creates the database of `url`. Returns false when it was there already. */
async function createDatabase(url) {
  const name = databaseName(url)
  return withClient(withDatabase(url, MAINTENANCE_DATABASE), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return false
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
    return true
  })
}

async function dropDatabase(url) {
  const name = databaseName(url)
  await withClient(withDatabase(url, MAINTENANCE_DATABASE), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

/** The modes in which node-postgres takes any certificate. Somebody has asked for them; it must not pass unnoticed. */
function warnOfUncheckedCertificate(url) {
  if (!url) return
  const { searchParams } = new URL(url)
  const mode = searchParams.get('sslmode')
  const asLibpq = searchParams.get('uselibpqcompat') === 'true' && !searchParams.has('sslrootcert')
  if (mode !== 'no-verify' && !(asLibpq && (mode === 'require' || mode === 'prefer'))) return
  log('WARN', { message: `sslmode=${mode}: the certificate of the database is not checked` })
}

/** `schema-engine cli can-connect-to-database | create-database | drop-database`. Returns the exit status. */
async function runCommand(command, url) {
  log('INFO', { message: 'schema engine' }) // Prisma drops the first line
  warnOfUncheckedCertificate(url)
  try {
    if (command === 'can-connect-to-database') {
      await withClient(url, (client) => client.query('SELECT 1'))
    } else if (command === 'create-database') {
      if (!(await createDatabase(url))) {
        const message = `Database \`${databaseName(url)}\` already exists`
        log('ERROR', { is_panic: false, error_code: 'P1009', message })
        return 1
      }
    } else if (command === 'drop-database') {
      await dropDatabase(url)
    } else {
      log('ERROR', { is_panic: false, message: `Unknown command ${command}` })
      return 1
    }
    log('INFO', { message: 'Done' })
    return 0
  } catch (error) {
    const message = error.message || error.code || String(error)
    log('ERROR', { is_panic: false, error_code: ERROR_CODES[error.code] ?? 'P1001', message })
    return 1
  }
}

async function openEngine(schemaPaths, url) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => log('ERROR', { is_panic: true, message }),
  }
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(path.join(path.dirname(file), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': wasm })
  wasm.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const datamodels = schemaPaths.map((schemaPath) => [schemaPath, readFileSync(schemaPath, 'utf8')])
  const factory = url ? adapterFactory(url) : factoryWithoutDatabase()
  return wasm.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
}

/** As the native engine does: a failed migration is P3018, with its name and what PostgreSQL said. */
function explainFailure(error) {
  const message = error.message || String(error)
  const migration = /apply_script\s+with migration_name="([^"]+)"/.exec(message)?.[1]
  if (!migration || !lastScriptError) return { error_code: error.code ?? null, message }
  const { code, severity, message: reason, detail, hint } = lastScriptError
  const lines = [`${severity ?? 'ERROR'}: ${reason}`]
  if (detail) lines.push(`DETAIL: ${detail}`)
  if (hint) lines.push(`HINT: ${hint}`)
  return {
    error_code: 'P3018',
    message: `Migration name: ${migration}\nDatabase error code: ${code}\n${lines.join('\n')}`,
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

/** Answers JSON-RPC calls, one a line and one after the other, until standard input ends. */
async function serve(schemaPaths, url) {
  let engine
  let printed = 0
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue
    const call = JSON.parse(line)
    if (!call.method) continue // Prisma's acknowledgement of a `print`
    try {
      if (call.method === 'createDatabase') {
        await createDatabase(url)
        send({ id: call.id, result: { databaseName: databaseName(url) } })
        continue
      }
      engine ??= await openEngine(schemaPaths, url)
      const method = call.method === 'getDatabaseVersion' ? 'version' : call.method
      if (typeof engine[method] !== 'function') throw new Error(`The schema engine has no method ${method}.`)
      const result = await engine[method](call.params ?? {})
      if (method === 'diff' && typeof result?.stdout === 'string') {
        printed += 1
        send({ id: `print-${printed}`, method: 'print', params: { content: result.stdout } })
      }
      send({ id: call.id, result: result ?? {} })
    } catch (error) {
      const data = { is_panic: false, meta: error.meta ?? null, ...explainFailure(error) }
      send({ id: call.id, error: { code: PROCEDURE_FAILED, message: 'The schema engine failed.', data } })
    }
  }
}

function parseArguments(argv) {
  const parsed = { schemaPaths: [], url: undefined, positional: [] }
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index]
    if (argument === '--datamodels') parsed.schemaPaths.push(argv[++index])
    else if (argument === '--datasource') parsed.url = JSON.parse(argv[++index]).url
    else if (argument === '--enabled-preview-features' || argument === '--extension-types') index += 1
    else parsed.positional.push(argument)
  }
  return parsed
}

// A warning printed as plain text would break the line protocol on standard error.
process.removeAllListeners('warning')
process.on('warning', (warning) => log('WARN', { message: warning.message }))

const { schemaPaths, url, positional } = parseArguments(process.argv.slice(2))
if (positional.includes('--version') || positional.includes('-V')) {
  process.stdout.write(`schema-engine-cli (WebAssembly) ${wasm.version?.() ?? ''}\n`)
} else if (positional[0] === 'cli') {
  process.exitCode = await runCommand(positional[1], url)
} else {
  warnOfUncheckedCertificate(url)
  await serve(schemaPaths, url)
  process.exit(0) // open connections would keep the process
}
