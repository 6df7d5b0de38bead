/**
 * How fast one attempt may be saved. A person with three tabs and a network that comes back stays far below; a program
 * in a loop does not. Counted in the statement that saves, so that it holds for all web processes together and costs no
 * question more.
 */
export const saveBurst = 600
/** Saves a second that come back. */
export const saveRefill = 20

const now = `now() AT TIME ZONE 'UTC'`
/** Never negative: a save that waited for another's row began before that one was counted. */
const refilled = (held: string) =>
  `least(${saveBurst}, ${held}.tokens + greatest(0, extract(epoch FROM ${now} - ${held}."countedAt")) * ${saveRefill})`

/** Takes one save of attempt $1; no row: none is left. */
export const takeSave = `
    INSERT INTO "SaveAllowance" AS held ("attemptId", tokens, "countedAt") VALUES ($1, ${saveBurst - 1}, ${now})
    ON CONFLICT ("attemptId") DO UPDATE SET tokens = ${refilled('held')} - 1, "countedAt" = excluded."countedAt"
      WHERE ${refilled('held')} >= 1
    RETURNING tokens`

/** Whole seconds until attempt $1 has a save left; 0: it has. */
export const saveWait = `
    SELECT greatest(0, ceil((1 - ${refilled('held')}) / ${saveRefill}))::int AS seconds
    FROM "SaveAllowance" held WHERE "attemptId" = $1`
