import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkMigration, largeTables, migrationRules } from '@/bin/testing/migration-rules'

const folder = 'prisma/migrations'

/** Migrations from before this moment were written without rules; there was no running version to keep then. */
const baseline = '20261123180000'

const timely = "SET lock_timeout = '5s';\n"
const rulesOf = (sql: string) => checkMigration(sql).map(({ rule }) => rule)

describe('the migrations of Vitrine', () => {
  const later = readdirSync(folder).filter((name) => /^\d/.test(name) && name > baseline)

  it('keep the version before them running (docs/upgrades.md)', () => {
    const problems = later.flatMap((name) =>
      checkMigration(readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')).map(
        ({ rule, line, message }) => `${name}:${line} ${rule}: ${message}`,
      ),
    )
    expect(problems).toEqual([])
  })

  it('still hold the tables that count as large', () => {
    const schema = readFileSync('prisma/schema.prisma', 'utf8')
    for (const table of largeTables) expect(schema).toContain(`\nmodel ${table} {`)
  })
})

describe('a migration', () => {
  it.each([
    ['drop', 'DROP TABLE "Section"'],
    ['drop', 'ALTER TABLE "Section" DROP COLUMN "name"'],
    ['drop', 'ALTER TABLE "Section" ADD COLUMN "x" TEXT, DROP "name"'],
    ['drop', 'DROP TYPE "Role"'],
    ['rename', 'ALTER TABLE "Section" RENAME TO "Group"'],
    ['rename', 'ALTER TABLE ONLY "Section" RENAME COLUMN "name" TO "title"'],
    ['rename', `ALTER TYPE "Role" RENAME VALUE 'TA' TO 'TUTOR'`],
    ['not-null', 'ALTER TABLE "Section" ADD COLUMN "x" TEXT NOT NULL'],
    ['not-null', 'alter table "Section" alter column "name" set not null'],
    ['drop-default', 'ALTER TABLE "Section" ALTER COLUMN "name" DROP DEFAULT'],
    ['column-type', 'ALTER TABLE "Section" ALTER COLUMN "name" SET DATA TYPE VARCHAR(10)'],
    ['column-type', 'ALTER TABLE "Section" ALTER "name" TYPE int USING name::int'],
    ['locking-index', 'CREATE INDEX "x" ON "Answer"("savedAt")'],
    ['locking-index', 'CREATE UNIQUE INDEX ON public."AnswerEvent" USING btree ("savedAt")'],
    ['locking-index', 'ALTER TABLE "PartScore" ADD CONSTRAINT "x" UNIQUE ("a", "b")'],
    ['locking-constraint', 'ALTER TABLE "Attempt" ADD CONSTRAINT "x" CHECK (number > 0)'],
    ['locking-constraint', 'ALTER TABLE "Attempt" ADD FOREIGN KEY ("x") REFERENCES "User"("id")'],
    ['rewrite', `UPDATE "Answer" SET "x" = 1`],
    ['rewrite', `DELETE FROM "AnswerEvent" WHERE true`],
  ] as const)('is refused for %s: %s', (rule, statement) => {
    expect(checkMigration(`${timely}\n${statement};\n`)).toEqual([
      { rule, line: 3, message: migrationRules[rule] },
    ])
    expect(
      rulesOf(`${timely}\n-- allow ${rule}: nothing has used it since release 4\n${statement};`),
    ).toEqual([])
    // Another rule, no reason, or another statement's: no permission.
    for (const comment of ['-- allow lock-timeout: nothing has used it since release 4', `-- allow ${rule}:`])
      expect(rulesOf(`${timely}${comment}\n${statement};`)).toEqual([rule])
    expect(rulesOf(`-- allow ${rule}: nothing has used it since release 4\n${timely}${statement};`)).toEqual([
      rule,
    ])
  })

  it.each([
    'CREATE TABLE "New" ("id" TEXT NOT NULL, CONSTRAINT "p" PRIMARY KEY ("id"))',
    'CREATE INDEX "x" ON "Section"("name")',
    'ALTER TABLE "Answer" ADD COLUMN "x" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "y" NUMERIC(4, 2)',
    'ALTER TABLE "Answer" ALTER COLUMN "x" DROP NOT NULL, DROP CONSTRAINT "c"',
    'ALTER TABLE "Answer" ADD CONSTRAINT "x" CHECK ("points" > 0) NOT VALID',
    'ALTER TABLE "Answer" ADD CONSTRAINT "x" UNIQUE USING INDEX "i"',
    'ALTER TABLE "Answer" VALIDATE CONSTRAINT "x"',
    `ALTER TYPE "Role" ADD VALUE 'GUEST'`,
    `INSERT INTO "Section" (name) VALUES ('; DROP TABLE "Section"; --')`,
    `CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $body$ UPDATE "Answer" SET x = 1; DROP TABLE "Answer" $body$`,
    '/* ALTER TABLE "Section" DROP COLUMN "name"; */ SELECT 1',
  ])('may say %s', (statement) => {
    expect(rulesOf(`${timely}${statement};`)).toEqual([])
  })

  it('waits for no lock without end', () => {
    expect(checkMigration('-- Sections have names.\n\nCREATE TABLE "New" ("id" TEXT);')).toEqual([
      { rule: 'lock-timeout', line: 3, message: migrationRules['lock-timeout'] },
    ])
    expect(rulesOf('SET LOCAL lock_timeout TO 1000; SELECT 1;')).toEqual([])
    expect(rulesOf('')).toEqual([])
  })

  it('makes indexes of large tables concurrently, alone', () => {
    const index = 'CREATE INDEX CONCURRENTLY "x" ON "Answer"("savedAt");'
    expect(rulesOf(`-- For the history.\n${index}`)).toEqual([])
    expect(rulesOf(`${timely}${index}`)).toEqual(['concurrently-alone'])
  })
})
