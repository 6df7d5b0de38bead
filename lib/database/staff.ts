import { PrismaClient } from '@/lib/database/generated/client'
import { pooledAdapter, transactionOptions } from '@/lib/database/pool'

function createClient() {
  return new PrismaClient({ adapter: pooledAdapter(), transactionOptions })
}

// Next replaces modules while developing; the client outlives them.
const shared = globalThis as typeof globalThis & { vitrineStaffDatabase?: ReturnType<typeof createClient> }

/**
 * The whole database, answer keys and measurements included. For seeding, scoring, the worker and staff pages; what it
 * reads must not reach a student before release.
 */
export const staffDatabase = shared.vitrineStaffDatabase ?? createClient()
shared.vitrineStaffDatabase = staffDatabase
