import { accessSync, chmodSync, constants, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { defineConfig } from 'prisma/config'

const project = import.meta.dirname
// Looked up from Prisma, whose package it is: npm may put it below node_modules/prisma.
const prisma = createRequire(createRequire(import.meta.url).resolve('prisma/package.json'))
const enginesFolder = path.dirname(prisma.resolve('@prisma/engines/package.json'))
const hasNativeEngine = readdirSync(enginesFolder).some((name) => /^schema-engine-(?!.*\.gz)/.test(name))

/**
 * Prisma hands the database address to its schema engine as an argument, which every user of the machine can read.
 * The stand-in engine takes the password from the environment instead. The native one cannot, so there the address
 * stays whole (and `npm start` gives it credentials that live for that one migration).
 */
function datasourceUrl(): string | undefined {
  const address = process.env.DATABASE_URL
  if (!address || hasNativeEngine) return address
  const url = new URL(address)
  if (url.password) {
    process.env.PGPASSWORD = decodeURIComponent(url.password)
    url.password = ''
  }
  return url.toString()
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

if (!hasNativeEngine && !process.env.PRISMA_SCHEMA_ENGINE_BINARY) {
  const standIn = path.join(project, 'bin/schema-engine.mjs')
  if (!isExecutable(standIn)) chmodSync(standIn, 0o755) // archives lose the bit
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = standIn
}

const url = datasourceUrl()

export default defineConfig({
  schema: path.join(project, 'prisma/schema.prisma'),
  migrations: { path: path.join(project, 'prisma/migrations') },
  ...(url ? { datasource: { url } } : {}),
})
