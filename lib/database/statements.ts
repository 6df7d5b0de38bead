import pg from 'pg'
import { Prisma } from '@/lib/database/generated-student/client'
import { databasePool, nameStatement } from '@/lib/database/pool'

/** Runs hand-written statements: either client, an open transaction of either, or `statements`. */
export interface StatementRunner {
  $queryRaw<Rows>(statement: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<Rows>
}

/**
 * Hand-written statements without Prisma, which takes several times as long for one: for what every page and every save
 * asks. Planned once a connection. Times are UTC, as Prisma keeps them; JSON comes parsed.
 */
export const statements: StatementRunner = runnerOn(databasePool)

/** Runs `work` as one transaction of such statements; whatever it throws undoes it. */
export async function inTransaction<Result>(
  work: (transaction: StatementRunner) => Promise<Result>,
): Promise<Result> {
  const client = await databasePool().connect()
  try {
    await client.query('BEGIN')
    const result = await work(runnerOn(() => client))
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // A connection that cannot even undo is not used again.
    await client.query('ROLLBACK').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw error
  }
}

function runnerOn(connection: () => Pick<pg.Pool, 'query'>): StatementRunner {
  return {
    async $queryRaw<Rows>(parts: TemplateStringsArray, ...given: readonly unknown[]) {
      // Fragments (`Prisma.sql`) become part of the text.
      const { text, values } = new Prisma.Sql(parts, given)
      const query = { name: nameStatement(text), text, values: values.map(asParameter), types }
      const { rows } = await connection().query(query)
      return rows as Rows
    },
  }
}

/** The driver would write a date in the process's own time zone. */
function asParameter(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}

const TIMESTAMP = 1114

const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === TIMESTAMP ? readTimestamp : pg.types.getTypeParser(type, format as 'text'),
} as pg.CustomTypesConfig

/** `timestamp` without a time zone holds UTC. */
function readTimestamp(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`)
}
