import { z } from 'zod'
import { InterchangeError, type InterchangeProblem } from './errors'
import { type LocatedText, type Path, wordPath } from './located-text'
import { wordSchedule } from './schedule-words'

/** An object with these keys and no others; a stray key's message lists the allowed ones. */
export function closedObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown ${issue.keys.map((key) => `"${key}"`).join(', ')}; allowed are ${Object.keys(shape).join(', ')}`
        : undefined,
  })
}

/**
 * @param path where in the text `value` stands; the whole document when empty
 * @returns the value as the schema reads it
 * @throws InterchangeError with one problem an issue, each with its line and path
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  text: LocatedText,
  path: Path = [],
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  return refuse(
    text,
    result.error.issues.map((issue) => ({
      path: [...path, ...issue.path.map(stepOf)],
      message: describeIssue(issue),
    })),
  )
}

/** @throws InterchangeError always */
export function refuse(text: LocatedText, found: readonly { path: Path; message: string }[]): never {
  const problems = found.map(
    ({ path, message }): InterchangeProblem => ({ path: wordPath(path), line: text.lineOf(path), message }),
  )
  const [first, ...others] = problems
  if (first === undefined) throw new TypeError('refuse: no problem was given')
  throw new InterchangeError(text.source, [first, ...others])
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return `is missing; expected ${issue.expected}`
  return wordSchedule(issue.message)
}

function stepOf(step: PropertyKey): string | number {
  return typeof step === 'number' ? step : String(step)
}
