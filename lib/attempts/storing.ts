/**
 * The statement that stores an answer: only if its revision is larger than the stored one, with its line of history, all
 * at once. Whoever stores answers uses it, and says by `openAttempt` which attempt takes them now.
 *
 * Parameters: $1 attempt, $2 part, $3 option ids, $4 revision, $5 client; further ones are `openAttempt`'s own. A row
 * comes back if the answer was stored.
 *
 * @param openAttempt a query of no or one row: `id`, and `inGrace`, whether its time is over already
 * @param allowance a statement that changes something itself; `openAttempt` may join what it returns
 */
export function storingStatement(openAttempt: string, allowance?: string): string {
  return `
  WITH ${allowance ? `allowance AS (${allowance}\n  ), ` : ''}open_attempt AS (${openAttempt}
  ), stored AS (
    INSERT INTO "Answer" AS held ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt")
    SELECT id, $2, $3::text[], $4::int, $5, now() AT TIME ZONE 'UTC' FROM open_attempt
    ON CONFLICT ("attemptId", "partId") DO UPDATE
      SET "optionIds" = excluded."optionIds", revision = excluded.revision,
          "clientId" = excluded."clientId", "savedAt" = excluded."savedAt"
      WHERE excluded.revision > held.revision
    RETURNING "attemptId", "partId", "optionIds", revision, "clientId", "savedAt"
  ), event AS (
    INSERT INTO "AnswerEvent" ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt", "inGrace")
    SELECT s."attemptId", s."partId", s."optionIds", s.revision, s."clientId", s."savedAt", o."inGrace"
    FROM stored s, open_attempt o
  )
  SELECT s."savedAt" AT TIME ZONE 'UTC' AS "savedAt", o."inGrace" FROM stored s, open_attempt o`
}
