import rehypeKatex from 'rehype-katex'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { type Processor, unified } from 'unified'
import { dollarsAroundFormulas } from './markdown/dollars'
import { allowedHtml } from './markdown/sanitation'
import {
  breakLines,
  displayLoneFormulas,
  openLinksOutside,
  showFailedFormulas,
  unwrapParagraphs,
} from './markdown/tree-steps'

/**
 * Texts of questions as Markdown with formulas: emphasis, code, lists, quotations, tables, links, `$x^2$` and `$$…$$`.
 * What a text must not hold is no part of the language, so that it stays on the page as it was typed: HTML, pictures
 * (figures come from models), headings (the page has its own), character references.
 */

/** `block`: paragraphs, lists, tables. `inline`: an option, which is itself something to press, so without links. */
export type MarkdownVariant = 'block' | 'inline'

export interface MarkdownProblem {
  /** `formula`: KaTeX cannot read it; the page shows its source. `too-much`: longer or deeper than is read at all. */
  readonly kind: 'formula' | 'too-much'
  /** What cannot be read, as it was typed. */
  readonly source: string
  /** What KaTeX says of it, in English; '' for any other problem. */
  readonly message: string
}

export interface RenderedMarkdown {
  /** Safe HTML; null where it would say no more than the text itself. */
  readonly html: string | null
  readonly problems: readonly MarkdownProblem[]
}

/** Characters; a longer text stays as it is. */
export const MOST_CHARACTERS = 10_000

/** Lists and quotations within each other at the start of a line; every one doubles what micromark has to do. */
const tooDeep = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){9}/m

/** Nothing else can begin what is more than text; most texts have none of these, and need no parser. */
const sign = /[\\`*_~$[<>|@\n\r]|https?:|www\.|^[ \t]*(?:[-+]|\d{1,9}[.)])(?:[ \t]|$)/i

/** Constructs of micromark and its extensions, by name. */
const neverRead = [
  'htmlFlow',
  'htmlText',
  'characterReference',
  'labelStartImage',
  'headingAtx',
  'setextUnderline',
  'thematicBreak',
  'codeIndented',
  'definition',
  'gfmFootnoteDefinition',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'tasklistCheck',
]
const readInBlocksOnly = ['list', 'blockQuote', 'codeFenced', 'table', 'mathFlow']

const processors = {
  block: processorOf('block', neverRead),
  inline: processorOf('inline', [...neverRead, ...readInBlocksOnly]),
}

function processorOf(variant: MarkdownVariant, unread: readonly string[]) {
  return unified()
    .use(remarkParse)
    .use(remarkGfm, { singleTilde: false })
    .use(remarkMath)
    .use(dollarsAroundFormulas)
    .use(without, unread)
    .use(breakLines)
    .use(remarkRehype)
    .use(variant === 'inline' ? unwrapParagraphs : displayLoneFormulas)
    .use(rehypeKatex, { output: 'mathml', trust: false, strict: 'ignore', maxSize: 10, maxExpand: 200 })
    .use(showFailedFormulas)
    .use(rehypeSanitize, allowedHtml[variant])
    .use(openLinksOutside)
    .use(rehypeStringify)
    .freeze()
}

/** Takes constructs out of the language. */
function without(this: Processor, names: readonly string[]) {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: [...names] } }]
}

/** @returns the text's HTML and what could not be read of it. Whatever the text, it never throws. */
export function renderMarkdown(text: string, variant: MarkdownVariant): RenderedMarkdown {
  const tooMuch = { html: null, problems: [{ kind: 'too-much', source: text, message: '' }] } as const
  if (!sign.test(text)) return { html: null, problems: [] }
  if (text.length > MOST_CHARACTERS || tooDeep.test(text)) return tooMuch
  try {
    const file = processors[variant].processSync(text)
    const html = String(file)
    return {
      html: html === plainHtml(text, variant) ? null : html,
      problems: file.messages.map(({ cause, place }) => ({
        kind: 'formula',
        source: place && 'start' in place ? text.slice(place.start.offset, place.end.offset) : text,
        message: cause instanceof Error ? cause.message : '',
      })),
    }
  } catch (error) {
    // Brackets within brackets, deeper than the stack.
    if (error instanceof RangeError) return tooMuch
    throw error
  }
}

/** @returns what Markdown makes of a text without any. */
function plainHtml(text: string, variant: MarkdownVariant): string {
  const characters = text.trim().replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;')
  return variant === 'block' && characters !== '' ? `<p>${characters}</p>` : characters
}
