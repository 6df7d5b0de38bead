import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAssignment } from '@/lib/interchange/service'
import { type MarkdownVariant, MOST_CHARACTERS, renderMarkdown } from '@/lib/questions/markdown'

const { assignment, questions } = await readAssignment()
const seedBlocks = [
  assignment.introduction,
  ...questions.flatMap(({ content, key }) => [
    content.prompt,
    ...content.parts.flatMap(({ id, prompt }) => [...(prompt ? [prompt] : []), key[id]!.explanation]),
  ]),
]
const seedOptions = questions.flatMap(({ content }) =>
  content.parts.flatMap(({ options }) => options.map(({ text }) => text)),
)

const html = (text: string, variant: MarkdownVariant = 'block') => renderMarkdown(text, variant).html
const escaped = (text: string) => text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;')

describe('texts without Markdown', () => {
  it('leaves every text of the bundled questions as it is', () => {
    for (const { zh, en } of seedBlocks) expect([html(zh), html(en)]).toEqual([null, null])
    for (const { zh, en } of seedOptions)
      expect([html(zh, 'inline'), html(en, 'inline')]).toEqual([null, null])
  })

  it.each([
    'a lone $ is money',
    'from $5 to $10',
    '5$ or 10$',
    '3 * 4 * 5 and 2*3',
    'generate_images_on_linear_path',
    '蓋掉 [MASK] 之後',
    'x < y & y > z',
    '5~10 and 7~8',
    '&lt;b&gt; &nbsp; &#36;',
    '1.5 then 2.',
  ])('reads %j as it was typed', (text) => {
    expect(html(text)).toBeNull()
    expect(html(text, 'inline')).toBeNull()
  })

  it.each(['1. first', '- a dash', '> a sign', '| a | b |', '```'])(
    'reads %j in an option as it was typed',
    (text) => {
      expect(html(text, 'inline')).toBeNull()
    },
  )

  it('finds nothing to render where it does not look', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        // With a sign of Markdown behind it the whole is parsed, and the text must come out as itself.
        const plain = text.trim()
        fc.pre(plain !== '' && !/[\\`*_~$[<>|@\n\r]|https?:|www\.|^([-+]|\d{1,9}[.)])(\s|$)/i.test(plain))
        fc.pre(!/\p{Cc}/u.test(plain))
        expect(html(plain)).toBeNull()
        expect(html(`${plain}\n\n*x*`)).toBe(`<p>${escaped(plain)}</p>\n<p><em>x</em></p>`)
      }),
    )
  })
})

describe('what Markdown becomes', () => {
  it('has emphasis, code, lists, tables, quotations and lines', () => {
    expect(html('**a** *b* `c<d` ~~e~~')).toBe(
      '<p><strong>a</strong> <em>b</em> <code>c&#x3C;d</code> <del>e</del></p>',
    )
    expect(html('1. a\n2. b')).toBe('<ol>\n<li>a</li>\n<li>b</li>\n</ol>')
    expect(html('| a |\n|-|\n| 1 |')).toContain('<td>1</td>')
    expect(html('> a')).toBe('<blockquote>\n<p>a</p>\n</blockquote>')
    expect(html('a\nb')).toBe('<p>a<br>\nb</p>')
    expect(html('a\n\nb', 'inline')).toBe('a<br>b')
  })

  it('keeps what it does not read', () => {
    expect(html('<b>a</b> *b*')).toBe('<p>&#x3C;b>a&#x3C;/b> <em>b</em></p>')
    expect(html('# a\n---')).toBe('<p># a<br>\n---</p>')
    expect(html('[^1] *a*')).toBe('<p>[^1] <em>a</em></p>')
  })

  it('opens links in another tab, and only to https and mailto', () => {
    expect(html('[a](https://b.org "t")')).toBe(
      '<p><a href="https://b.org" rel="noopener noreferrer" target="_blank">a</a></p>',
    )
    expect(html('a@b.org')).toContain('href="mailto:a@b.org"')
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://b.org',
      '/staff',
      '//b.org',
      '#x',
    ])
      expect(html(`[a](${address}) *b*`)).toBe('<p>a <em>b</em></p>')
    expect(html('[a](https://b.org) *b*', 'inline')).toBe('a <em>b</em>')
  })
})

describe('formulas', () => {
  it('become MathML, which needs neither style nor font', () => {
    expect(html('a $x^2$', 'inline')).toBe('a <math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>')
    expect(html('costs $5 and $x$')).toBe('<p>costs $5 and <math><mrow><mi>x</mi></mrow></math></p>')
    expect(html('price \\$5, $x$ and $y$')).toContain('price $5, <math>')
  })

  it('stand on their own where they do in the text', () => {
    const displayed = '<math display="block"><mrow><mi>x</mi></mrow></math>'
    expect(html('$$x$$')).toBe(displayed)
    expect(html('$$\nx\n$$')).toBe(displayed)
    expect(html('a $$x$$')).toBe('<p>a <math><mrow><mi>x</mi></mrow></math></p>')
  })

  it('that cannot be read are shown as typed and named', () => {
    const { html: shown, problems } = renderMarkdown('so $\\frac{1$ is', 'block')
    expect(shown).toBe('<p>so <code>\\frac{1</code> is</p>')
    expect(problems).toEqual([
      { kind: 'formula', source: '$\\frac{1$', message: expect.stringContaining('KaTeX parse error') },
    ])
  })

  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\includegraphics{https://b.org/x.png}',
    '\\htmlStyle{color:red}{x}',
    '\\def\\x{\\x\\x}\\x',
    '\\color{white}x',
    '\\rule{999em}{999em}',
    '\\url{https://b.org}',
  ])('cannot do more than mathematics: %s', (formula) => expectSafe(html(`$${formula}$`) ?? ''))
})

const tags =
  /^<\/?(p|br|em|strong|del|code|pre|ul|ol|li|blockquote|a|table|thead|tbody|tr|th|td|math|m[a-z]+)((?: [a-z]+(?:="[^"]*")?)*)>$/
const attributes =
  /^(href|rel|target|start|align|display|mathvariant|accent|accentunder|fence|form|largeop|lspace|rspace|maxsize|minsize|movablelimits|separator|stretchy|symmetric|width|height|depth|voffset|linebreak|linethickness|columnalign|columnlines|columnspacing|rowlines|rowspacing|displaystyle|scriptlevel|notation)$/

/** Every tag and attribute is one of the known; text holds no tag. */
function expectSafe(rendered: string) {
  for (const tag of rendered.match(/<[^>]*>?/g) ?? []) {
    expect(tag).toMatch(tags)
    for (const [, name, value] of tag.matchAll(/ ([a-zA-Z-]+)(?:="([^"]*)")?/g)) {
      expect(name).toMatch(attributes)
      if (name === 'href') expect(value).toMatch(/^(https:\/\/|mailto:)/i)
    }
  }
}

describe('hostile texts', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<p style="position:fixed">',
    '![x](https://b.org/x.png)',
    '[x](javascript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](java\nscript:alert(1))',
    '<javascript:alert(1)>',
    '[x](https://b.org"onclick="alert(1))',
    '[x](https://b.org "onmouseover=alert(1)")',
    '```js onload=alert(1)\nx\n```',
    '$\\text{<script>alert(1)</script>}$',
    '$\\class{x" onclick="alert(1)}{y}$',
    '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '[x]: javascript:alert(1)\n\n[x]',
    '<!-- --><svg onload=alert(1)>',
  ]

  it.each(hostile)('%s', (text) => {
    for (const variant of ['block', 'inline'] as const) expectSafe(html(text, variant) ?? '')
  })

  it('in any mixture, give only known tags and attributes', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile),
      fc.constantFrom(
        '*',
        '**',
        '_',
        '`',
        '$',
        '$$',
        '[',
        '](',
        ')',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '1. ',
        '|',
        '~~',
        '\\',
        '<',
        '&',
        '{',
        '}',
        '\\frac',
        '^',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
        fc.constantFrom('block' as const, 'inline' as const),
        (text, variant) => expectSafe(renderMarkdown(text, variant).html ?? ''),
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    ['too long', '*a* '.repeat(MOST_CHARACTERS / 4 + 1)],
    ['lists too deep', '- '.repeat(400)],
    ['quotations too deep', '> '.repeat(400)],
    ['both', '1. > '.repeat(50)],
  ])('%s stay as they are and are named', (_, text) => {
    expect(renderMarkdown(text, 'block')).toEqual({
      html: null,
      problems: [{ kind: 'too-much', source: text, message: '' }],
    })
  })
})
