import type pg from 'pg'
import { describeParameters, nameStatementOf, summarizeStatement } from '@/lib/database/statement-words'
import { log } from '@/lib/log'
import { inSpan, isTracing } from '@/lib/tracing/span'

/** Characters of a slow statement that the log repeats. */
const shownText = 600

type Callback = (error: Error | null, result?: pg.QueryResult) => void

/**
 * Watches every statement of a connection, Prisma's and hand-written ones alike: a span where traces are collected, a line
 * in the log when it took long. Both say which statement and the shapes of its parameters, never a value.
 * @param slowerThan milliseconds; 0: no line
 */
export function watchStatements(client: pg.ClientBase, slowerThan: number): void {
  if (slowerThan === 0 && !isTracing()) return
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<pg.QueryResult>
  const watched = (...given: unknown[]) => {
    const [statement] = given
    const text = typeof statement === 'string' ? statement : (statement as Partial<pg.QueryConfig>).text
    // Streams (COPY) are no statements with one result.
    if (typeof text !== 'string' || typeof (statement as { submit?: unknown }).submit === 'function')
      return query(...given)
    const { values: ownValues, name } = typeof statement === 'string' ? {} : (statement as pg.QueryConfig)
    const callback = given.findLast((value): value is Callback => typeof value === 'function')
    const values = ownValues ?? (Array.isArray(given[1]) ? given[1] : [])
    const summary = summarizeStatement(text)
    const span = {
      name: summary,
      kind: 'client' as const,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': text, 'db.query.summary': summary },
    }
    const running = inSpan(span, async () => {
      const begun = performance.now()
      try {
        return await query(...given.filter((value) => value !== callback))
      } finally {
        const milliseconds = Math.round(performance.now() - begun)
        if (slowerThan > 0 && milliseconds >= slowerThan)
          log.warn(
            {
              statement: nameStatementOf(name, summary),
              milliseconds,
              parameters: describeParameters(values),
              text: text.replaceAll(/\s+/g, ' ').trim().slice(0, shownText),
            },
            'slow statement',
          )
      }
    })
    if (!callback) return running
    running.then(
      (result) => callback(null, result),
      (error: Error) => callback(error),
    )
    return undefined
  }
  Object.assign(client, { query: watched })
}
