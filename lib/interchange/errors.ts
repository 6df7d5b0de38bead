export interface InterchangeProblem {
  /** Path inside the document, `questions[4].options[2].en`; empty for the document as a whole. */
  readonly path: string
  /** 1-based line of the text, where it is known. */
  readonly line: number | null
  /** What is wrong and what is allowed. */
  readonly message: string
}

/** A file from outside that cannot be taken. The message is one line: source, line, path, what is wrong, what is allowed. */
export class InterchangeError extends Error {
  override readonly name = 'InterchangeError'

  constructor(
    /** Name of the file, as the person who asked knows it. */
    readonly source: string,
    readonly problems: readonly [InterchangeProblem, ...InterchangeProblem[]],
    options?: { cause?: unknown },
  ) {
    super(inOneLine(source, problems), options)
  }
}

function inOneLine(
  source: string,
  [first, ...others]: readonly [InterchangeProblem, ...InterchangeProblem[]],
) {
  const place = first.line === null ? source : `${source}:${first.line}`
  const path = first.path === '' ? '' : `${first.path}: `
  const rest = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${place}: ${path}${first.message}${rest}`.replace(/\s+/g, ' ')
}
