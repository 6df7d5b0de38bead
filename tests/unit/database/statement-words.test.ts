import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameStatement } from '@/lib/database/pool'
import { describeParameters, nameStatementOf, summarizeStatement } from '@/lib/database/statement-words'

describe('what a statement does', () => {
  it.each([
    ['SELECT "public"."User"."id" FROM "public"."User" WHERE 1=1', 'SELECT User'],
    ['  -- why\n update "Attempt" a SET x = 1', 'UPDATE Attempt'],
    ['INSERT INTO "public"."Answer" (id) VALUES ($1)', 'INSERT Answer'],
    ['WITH a AS (SELECT 1 FROM "Attempt") INSERT INTO "Answer" SELECT * FROM a', 'INSERT Answer'],
    ['WITH a AS (SELECT 1 FROM "Attempt") SELECT * FROM a', 'SELECT Attempt'],
    ['SELECT * FROM graphile_worker.jobs', 'SELECT jobs'],
    ['SELECT 1', 'SELECT'],
    ['BEGIN', 'BEGIN'],
    ['', 'statement'],
  ])('%s', (text, summary) => expect(summarizeStatement(text)).toBe(summary))

  it('is its name, unless that is only a hash', () => {
    expect(nameStatementOf('save-answer', 'INSERT Answer')).toBe('save-answer')
    expect(nameStatementOf(nameStatement('SELECT 1'), 'SELECT')).toBe('SELECT')
    expect(nameStatementOf(undefined, 'SELECT')).toBe('SELECT')
  })
})

it('parameters are described by their shapes, from which nothing of them can be told', () => {
  const value = fc.oneof(
    fc.string({ minLength: 4 }).map((text) => `canary${text}`),
    fc.array(fc.constant('canary')),
    fc.constantFrom(null, true, 42, new Date(0), Buffer.from('canary'), { inner: 'canary' }),
  )
  fc.assert(
    fc.property(fc.array(value, { size: '+1' }), (values) => {
      const described = describeParameters(values)
      expect(described).toHaveLength(Math.min(values.length, 25))
      if (values.length > 24) expect(described.at(-1)).toBe(`and ${values.length - 24} more`)
      for (const text of described.slice(0, 24))
        expect(text).toMatch(/^(null|time|boolean|number|object|(text|list|bytes)\(\d+\))$/)
    }),
  )
})
