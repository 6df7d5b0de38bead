import type { Element, ElementContent, Root as HtmlRoot } from 'hast'
import type { RootContent as MarkdownContent, Root as MarkdownRoot } from 'mdast'

/** Steps between Markdown and safe HTML, each a plug-in of unified. */

/** A line ends where Enter was pressed, as in any field that people type into. */
export function breakLines() {
  return (tree: MarkdownRoot) => breakLinesBelow(tree)
}

function breakLinesBelow(parent: { children: MarkdownContent[] }): void {
  parent.children = parent.children.flatMap((child): MarkdownContent[] => {
    if ('children' in child) breakLinesBelow(child)
    if (child.type !== 'text') return [child]
    const [first = '', ...others] = child.value.split('\n')
    const lines = others.flatMap((value): MarkdownContent[] => [{ type: 'break' }, { type: 'text', value }])
    return [{ type: 'text', value: first }, ...lines]
  })
}

/** A paragraph that is nothing but `$$…$$` is a formula on a line of its own. */
export function displayLoneFormulas() {
  return (tree: HtmlRoot, { value }: { value: unknown }) =>
    replaceElements(tree, (paragraph) => {
      const [only, ...others] = paragraph.children
      const isLone =
        paragraph.tagName === 'p' &&
        others.length === 0 &&
        only?.type === 'element' &&
        hasClass(only, 'math-inline')
      if (!isLone || !String(value).startsWith('$$', only.position?.start.offset)) return [paragraph]
      return [element('pre', [{ ...only, properties: { className: ['language-math', 'math-display'] } }])]
    })
}

/** Paragraphs of a line of text become lines. */
export function unwrapParagraphs() {
  return (tree: HtmlRoot) => {
    const paragraphs = tree.children.filter((child) => child.type === 'element')
    tree.children = paragraphs.flatMap((paragraph, index): HtmlRoot['children'] => [
      ...(index > 0 ? [element('br')] : []),
      ...paragraph.children,
    ])
  }
}

/** A formula that KaTeX could not read stays as its source. */
export function showFailedFormulas() {
  return (tree: HtmlRoot) =>
    replaceElements(tree, (found) =>
      hasClass(found, 'katex-error') ? [element('code', [{ type: 'text', value: textOf(found) }])] : [found],
    )
}

const outside = /^(https:\/\/|mailto:)/i

/** Links lead to another tab, so that nobody leaves an attempt by one; other addresses lead nowhere. */
export function openLinksOutside() {
  return (tree: HtmlRoot) =>
    replaceElements(tree, (found) => {
      if (found.tagName !== 'a') return [found]
      const { href } = found.properties
      if (typeof href !== 'string' || !outside.test(href)) return found.children
      return [{ ...found, properties: { href, rel: ['noopener', 'noreferrer'], target: '_blank' } }]
    })
}

/** Changes every element of a tree, inner ones first. @param change what stands in its place. */
function replaceElements(
  parent: HtmlRoot | Element,
  change: (element: Element) => readonly ElementContent[],
): void {
  // The root may hold a doctype too; nothing here makes one.
  const children = parent.children as ElementContent[]
  parent.children = children.flatMap((child) => {
    if (child.type !== 'element') return [child]
    replaceElements(child, change)
    return change(child)
  })
}

function element(tagName: string, children: Element['children'] = []): Element {
  return { type: 'element', tagName, properties: {}, children }
}

function hasClass({ properties }: Element, name: string): boolean {
  return Array.isArray(properties.className) && properties.className.includes(name)
}

function textOf(node: ElementContent): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
