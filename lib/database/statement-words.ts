/** What can be said of a statement without saying what it is about: pure. */

const changes = /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b/i
const table = /\b(?:FROM|INTO|UPDATE|JOIN)\s+((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))*)/i

/** @returns what a statement does and to which table: `UPDATE Attempt`. */
export function summarizeStatement(text: string): string {
  const bare = text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').trim()
  const first = /^\w+/.exec(bare)?.[0].toUpperCase() ?? 'statement'
  const change =
    first === 'WITH' ? (changes.exec(bare)?.[1]?.split(/\s/)[0]?.toUpperCase() ?? 'SELECT') : first
  if (!['SELECT', 'INSERT', 'UPDATE', 'DELETE'].includes(change)) return change
  const named = (
    change === 'SELECT' ? table.exec(bare) : table.exec(bare.slice(changes.exec(bare)?.index ?? 0))
  )?.[1]
  const last = named?.split('.').at(-1)?.replaceAll('"', '')
  return last ? `${change} ${last}` : change
}

/** Names that are only hashes of the text (lib/database/pool.ts) tell nobody anything. */
const hashedName = /^[\w-]{43}$/

/** @returns a statement's own name, or what it does. */
export function nameStatementOf(name: string | undefined, summary: string): string {
  return name && !hashedName.test(name) ? name : summary
}

/** Parameters that are described; a table that is inserted at once has thousands. */
const MANY = 24

/** @returns the shape of each parameter, which decides how long a statement takes: `text(36)`, `list(120)`, and of how many more. */
export function describeParameters(values: readonly unknown[]): readonly string[] {
  const described = values.slice(0, MANY).map((value) => {
    if (value === null || value === undefined) return 'null'
    if (Array.isArray(value)) return `list(${value.length})`
    if (value instanceof Date) return 'time'
    if (value instanceof Uint8Array) return `bytes(${value.length})`
    if (typeof value === 'string') return `text(${value.length})`
    return typeof value
  })
  return values.length > MANY ? [...described, `and ${values.length - MANY} more`] : described
}
