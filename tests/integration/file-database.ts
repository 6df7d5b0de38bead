import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { closeDatabasePool } from '@/lib/database/pool'

/** Runs before every test file: gives it a database of its own, cloned from the migrated template. */

const template = new URL(inject('templateUrl'))
const name = `test_${randomBytes(6).toString('hex')}`

async function administrate(statement: string): Promise<void> {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

await administrate(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`)

const own = new URL(template)
own.pathname = `/${name}`
Object.assign(process.env, {
  DATABASE_URL: own.toString(),
  NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
  NEXTAUTH_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
})

afterAll(async () => {
  await closeDatabasePool()
  await administrate(`DROP DATABASE ${name} WITH (FORCE)`)
})
