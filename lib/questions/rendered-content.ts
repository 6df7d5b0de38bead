import type { Bilingual } from '@/lib/explainers/bilingual'
import type { QuestionContent, QuestionKey, QuestionPart } from './content'
import { type MarkdownVariant, renderMarkdown } from './markdown'
import type { RichBilingual, RichContent, RichKey, RichPart } from './rich-content'

/** Texts of versions never change and come again with every page, so their HTML is kept. */
const remembered: Readonly<Record<MarkdownVariant, Map<string, string | null>>> = {
  block: new Map(),
  inline: new Map(),
}
const mostRemembered = 10_000

function htmlOf(text: string, variant: MarkdownVariant): string | null {
  const known = remembered[variant].get(text)
  if (known !== undefined) return known
  const { html } = renderMarkdown(text, variant)
  if (remembered[variant].size >= mostRemembered) remembered[variant].clear()
  remembered[variant].set(text, html)
  return html
}

/** @returns the text with its HTML. Rendered on the server; the studio's preview alone renders in the browser. */
export function renderText({ zh, en }: Bilingual, variant: MarkdownVariant = 'block'): RichBilingual {
  const html = { zh: htmlOf(zh, variant), en: htmlOf(en, variant) }
  return { zh, en, html: html.zh === null && html.en === null ? null : html }
}

function renderOption<Option extends { readonly text: Bilingual }>(option: Option) {
  return { ...option, text: renderText(option.text, 'inline') }
}

function renderPart({ prompt, options, ...part }: QuestionPart): RichPart {
  return { ...part, ...(prompt && { prompt: renderText(prompt) }), options: options.map(renderOption) }
}

/** @returns the content with the HTML of all its texts. */
export function renderContent(content: QuestionContent): RichContent {
  return { ...content, prompt: renderText(content.prompt), parts: content.parts.map(renderPart) }
}

/** @returns the key with the HTML of its explanations. */
export function renderKey(key: QuestionKey): RichKey {
  return Object.fromEntries(
    Object.entries(key).map(([partId, part]) => [
      partId,
      { ...part, explanation: renderText(part.explanation) },
    ]),
  )
}
