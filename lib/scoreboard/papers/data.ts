import { databasePool } from '@/lib/database/pool'

/** What an attempt asks. */
export interface Paper {
  readonly questionIds: readonly string[]
  readonly parts: number
}

/** The parts are counted once a version, not once a pin: texts are long. */
const papersStatement = `
  WITH pins AS (
    SELECT "attemptId", "questionId", "questionVersionId" FROM "AttemptQuestion" WHERE "attemptId" = ANY($1)
  ), versions AS MATERIALIZED (
    SELECT id, jsonb_array_length(content->'parts') AS parts FROM "QuestionVersion"
    WHERE id IN (SELECT DISTINCT "questionVersionId" FROM pins)
  )
  SELECT pins."attemptId", array_agg(pins."questionId") AS "questionIds", sum(versions.parts)::int AS parts
  FROM pins JOIN versions ON versions.id = pins."questionVersionId"
  GROUP BY pins."attemptId"`

const mostRemembered = 50_000
const remembered = new Map<string, Paper>()

/** @returns by attempt id. What an attempt asks never changes, so that each is read once in a process. */
export async function readPapers(attemptIds: readonly string[]): Promise<ReadonlyMap<string, Paper>> {
  const known = new Map<string, Paper>()
  const unknown: string[] = []
  for (const id of attemptIds) {
    const paper = remembered.get(id)
    if (paper) known.set(id, paper)
    else unknown.push(id)
  }
  if (unknown.length === 0) return known
  const { rows } = await databasePool().query<Paper & { attemptId: string }>({
    name: 'scoreboard-papers',
    text: papersStatement,
    values: [unknown],
  })
  if (remembered.size + rows.length > mostRemembered) remembered.clear()
  for (const { attemptId, questionIds, parts } of rows) {
    const paper = { questionIds, parts }
    remembered.set(attemptId, paper)
    known.set(attemptId, paper)
  }
  return known
}
