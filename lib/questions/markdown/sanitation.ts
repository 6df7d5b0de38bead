import type { Options } from 'rehype-sanitize'

/** MathML as KaTeX makes it, without what could colour a formula out of sight. */
const formulaAttributes = {
  math: ['display'],
  mi: ['mathvariant'],
  mn: ['mathvariant'],
  mtext: ['mathvariant'],
  mo: [
    'accent',
    'fence',
    'form',
    'largeop',
    'lspace',
    'mathvariant',
    'maxsize',
    'minsize',
    'movablelimits',
    'rspace',
    'separator',
    'stretchy',
    'symmetric',
  ],
  mspace: ['width', 'height', 'depth', 'linebreak'],
  mrow: [],
  mfrac: ['linethickness'],
  msqrt: [],
  mroot: [],
  msub: [],
  msup: [],
  msubsup: [],
  munder: ['accentunder'],
  mover: ['accent'],
  munderover: ['accent', 'accentunder'],
  mmultiscripts: [],
  mprescripts: [],
  mtable: ['columnalign', 'columnlines', 'columnspacing', 'rowlines', 'rowspacing'],
  mtr: [],
  mtd: ['columnalign'],
  mstyle: ['displaystyle', 'mathvariant', 'scriptlevel'],
  mpadded: ['width', 'height', 'depth', 'lspace', 'voffset'],
  mphantom: [],
  menclose: ['notation'],
} satisfies Options['attributes']

const inlineTags = ['br', 'em', 'strong', 'del', 'code', ...Object.keys(formulaAttributes)]
const blockTags = [
  'p',
  'a',
  'pre',
  'ul',
  'ol',
  'li',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
]

const closed: Options = {
  attributes: formulaAttributes,
  protocols: { href: ['https', 'mailto'] },
  ancestors: {},
  clobber: [],
  clobberPrefix: '',
  required: {},
  // The source of a formula, which KaTeX keeps beside it, would be read a second time.
  strip: ['script', 'style', 'annotation'],
  allowComments: false,
  allowDoctypes: false,
}

/** What a rendered text may consist of; every other element gives way to what is in it. No `style`, `id`, `class` or `on…`. */
export const allowedHtml: Readonly<Record<'block' | 'inline', Options>> = {
  inline: { ...closed, tagNames: inlineTags },
  block: {
    ...closed,
    tagNames: [...inlineTags, ...blockTags],
    attributes: { ...formulaAttributes, a: ['href'], ol: ['start'], th: ['align'], td: ['align'] },
  },
}
