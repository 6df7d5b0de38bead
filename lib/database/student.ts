import { PrismaClient } from '@/lib/database/generated-student/client'
import { pooledAdapter, transactionOptions } from '@/lib/database/pool'

function createClient() {
  return new PrismaClient({ adapter: pooledAdapter(), transactionOptions })
}

// Next replaces modules while developing; the client outlives them.
const shared = globalThis as typeof globalThis & { vitrineStudentDatabase?: ReturnType<typeof createClient> }

/**
 * The database as a student's request may see it: `AnswerKey.secret` and `Evidence.measurements` are no fields of this
 * client, so that selecting, filtering or sorting by them does not compile and is refused when run.
 */
export const studentDatabase = shared.vitrineStudentDatabase ?? createClient()
shared.vitrineStudentDatabase = studentDatabase
