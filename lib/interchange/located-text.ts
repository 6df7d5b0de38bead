import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { InterchangeError } from './errors'

export type Path = readonly (string | number)[]

/** A parsed text that still knows on which line each of its values stood. */
export interface LocatedText {
  readonly source: string
  readonly value: unknown
  /** 1-based line of the value at `path`, or of its closest ancestor that is there. */
  lineOf(path: Path): number | null
}

/**
 * Parses YAML 1.2; a key that stands twice in one mapping is an error.
 * @param source name of the text for messages
 * @throws InterchangeError with the line of each mistake
 */
export function parseYaml(text: string, source: string): LocatedText {
  return parse(text, source, 'YAML')
}

function parse(text: string, source: string, language: 'YAML' | 'JSON'): LocatedText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const mistakes = [...document.errors, ...document.warnings].map((mistake) => ({
    path: '',
    line: lines.linePos(mistake.pos[0]).line,
    message:
      mistake.code === 'DUPLICATE_KEY'
        ? 'this key stands twice in the same place; each may stand once'
        : `not ${language}: ${mistake.message}`,
  }))
  const [first, ...others] = mistakes
  if (first !== undefined) throw new InterchangeError(source, [first, ...others])
  return { source, value: document.toJS(), lineOf: (path) => lineIn(document, lines, path) }
}

/**
 * Parses JSON. As JSON is a subset of YAML, the lines come from the YAML reader, which also refuses a key that stands
 * twice: `JSON.parse` would silently keep the last of two answers to the same part.
 * @throws InterchangeError
 */
export function parseJson(text: string, source: string): LocatedText {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new InterchangeError(source, [{ path: '', line: null, message: `not JSON: ${message}` }], { cause })
  }
  const located = parse(text, source, 'JSON')
  return { ...located, value }
}

function lineIn(document: Document.Parsed, lines: LineCounter, path: Path): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const start = startOf(document, path.slice(0, length))
    if (start !== null) return lines.linePos(start).line
  }
  return null
}

/** Offset of the key of a mapping's value (its value may begin on a later line), or of a list's item. */
function startOf(document: Document.Parsed, path: Path): number | null {
  const last = path.at(-1)
  if (typeof last === 'string') {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    if (!isMap(parent)) return null
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last)
    return isNode(pair?.key) ? (pair.key.range?.[0] ?? null) : null
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  return isNode(node) ? (node.range?.[0] ?? null) : null
}

/** `['questions', 4, 'prompt', 'zh']` as `questions[4].prompt.zh`. */
export function wordPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}
