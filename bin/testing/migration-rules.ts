/**
 * What a migration may do while the version before it runs (docs/upgrades.md): nothing that this one reads or writes goes
 * away, and no statement keeps a large table locked.
 */

export interface MigrationProblem {
  readonly rule: MigrationRule
  /** 1-based. */
  readonly line: number
  /** What is wrong, and what to do instead. */
  readonly message: string
}

/** By rule, what to do instead. A statement may break one where a comment before it says `-- allow RULE: REASON`. */
export const migrationRules = {
  drop: 'the running version still uses it; stop using it in one release, drop it in a later one',
  rename:
    'the running version knows the old name; add the new one, write both, drop the old one in a later release',
  'not-null':
    'the running version writes rows without it; give it a default, or require it in a later release',
  'drop-default': 'the running version writes rows without it; drop the default in a later release',
  'column-type':
    'it rewrites the table under a lock, and the running version expects the old type; add a column',
  'locking-index':
    'it keeps a large table from being written; CREATE INDEX CONCURRENTLY in a migration of its own, then ADD CONSTRAINT … USING INDEX',
  'locking-constraint':
    'it reads a large table under a lock; add the constraint NOT VALID, and VALIDATE it in another migration',
  rewrite:
    'it writes a large table in one transaction; fill it in by a task of the worker, some rows at a time',
  'concurrently-alone':
    'several statements are one transaction, in which nothing is made concurrently; give it a migration of its own',
  'lock-timeout':
    "a statement that waits for a lock lets everybody wait behind it; begin with SET lock_timeout = '5s'",
} as const satisfies { readonly [rule: string]: string }

export type MigrationRule = keyof typeof migrationRules

/** Tables with a row a student and part, or more. */
export const largeTables = ['Attempt', 'AttemptQuestion', 'Answer', 'AnswerEvent', 'PartScore', 'AuditEvent']

/** Shortest reason that explains anything. */
const REASON = 20

interface Statement {
  /** In one line, with texts as '' and without comments. */
  readonly text: string
  readonly line: number
  /** Rules that a comment before it allows to break. */
  readonly allowed: readonly string[]
}

/** @returns what the migration may not do, in the order of its statements; empty: nothing. */
export function checkMigration(sql: string): MigrationProblem[] {
  const statements = statementsOf(sql)
  const problems: MigrationProblem[] = []
  const report = (rule: MigrationRule, { line, allowed }: Statement) => {
    if (!allowed.includes(rule)) problems.push({ rule, line, message: migrationRules[rule] })
  }
  const isConcurrent = ({ text }: Statement) => /\bCONCURRENTLY\b/i.test(text)
  const first = statements[0]
  if (
    first &&
    !(statements.length === 1 && isConcurrent(first)) &&
    !/^SET (LOCAL )?lock_timeout\b/i.test(first.text)
  )
    report('lock-timeout', first)
  for (const statement of statements) {
    if (statements.length > 1 && isConcurrent(statement)) report('concurrently-alone', statement)
    for (const rule of brokenBy(statement.text)) report(rule, statement)
  }
  return problems
}

function brokenBy(text: string): MigrationRule[] {
  const broken: MigrationRule[] = []
  if (/^DROP (TABLE|VIEW|TYPE|FUNCTION|SCHEMA)\b/i.test(text)) broken.push('drop')
  if (/^ALTER TYPE\b.*\bRENAME\b/i.test(text)) broken.push('rename')
  const index = /^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY\b).*?\bON (?:ONLY )?(?:public\.)?"?(\w+)/i.exec(
    text,
  )
  if (isLarge(index?.[1])) broken.push('locking-index')
  const written = /^(?:UPDATE|DELETE FROM)(?: ONLY)? (?:public\.)?"?(\w+)/i.exec(text)
  if (isLarge(written?.[1])) broken.push('rewrite')
  const alter = /^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?:public\.)?"?(\w+)"? (.*)$/i.exec(text)
  if (alter)
    for (const action of actionsOf(alter[2]!)) broken.push(...brokenByAction(action, isLarge(alter[1])))
  return [...new Set(broken)]
}

function brokenByAction(action: string, large: boolean): MigrationRule[] {
  const is = (pattern: RegExp) => pattern.test(action)
  if (is(/^RENAME (?!CONSTRAINT\b)/i)) return ['rename']
  if (is(/^DROP (?!CONSTRAINT\b)/i)) return ['drop']
  if (is(/^ALTER (COLUMN )?\S+ (SET DATA )?TYPE\b/i)) return ['column-type']
  if (is(/^ALTER (COLUMN )?\S+ SET NOT NULL\b/i)) return ['not-null']
  if (is(/^ALTER (COLUMN )?\S+ DROP DEFAULT\b/i)) return ['drop-default']
  const isConstraint = is(/^ADD (CONSTRAINT|CHECK|FOREIGN|UNIQUE|PRIMARY|EXCLUDE)\b/i)
  if (!isConstraint && is(/^ADD\b/i))
    return is(/\bNOT NULL\b/i) && !is(/\b(DEFAULT|GENERATED)\b/i) ? ['not-null'] : []
  if (!large || !isConstraint || is(/\bUSING INDEX\b/i)) return []
  if (is(/\b(UNIQUE|PRIMARY KEY|EXCLUDE)\b/i)) return ['locking-index']
  return is(/\bNOT VALID\b/i) ? [] : ['locking-constraint']
}

const isLarge = (table: string | undefined) => table !== undefined && largeTables.includes(table)

/** Actions of one ALTER TABLE: between commas outside of parentheses. */
function actionsOf(text: string): string[] {
  const actions = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === ',' && depth === 0) actions.push('')
    else actions[actions.length - 1] += character
  }
  return actions.map((action) => action.trim())
}

/** Comments, texts and bodies of functions hold semicolons and words that mean nothing here. */
const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|;|[^-/'$;]+|[\s\S]/g
const permission = new RegExp(`^--\\s*allow ([a-z-]+): .{${REASON},}$`)

function statementsOf(sql: string): Statement[] {
  const statements: Statement[] = []
  let text = ''
  let line = 1
  let begin = 1
  let allowed: string[] = []
  const end = () => {
    const words = text.replace(/\s+/g, ' ').trim()
    if (words) {
      statements.push({ text: words, line: begin, allowed })
      allowed = []
    }
    text = ''
  }
  for (const [piece] of sql.matchAll(token)) {
    if (piece === ';') end()
    else if (piece.startsWith('--')) {
      const rule = permission.exec(piece)?.[1]
      if (rule) allowed.push(rule)
    } else if (!piece.startsWith('/*')) {
      if (text.trim() === '')
        begin = line + (piece.length - piece.trimStart().length > 0 ? leadingLines(piece) : 0)
      text += /^['$]./.test(piece) ? "''" : piece
    }
    line += piece.split('\n').length - 1
  }
  end()
  return statements
}

function leadingLines(piece: string): number {
  return piece.slice(0, piece.length - piece.trimStart().length).split('\n').length - 1
}
