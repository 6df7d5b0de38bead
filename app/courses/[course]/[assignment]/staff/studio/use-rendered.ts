'use client'

import { useEffect, useMemo, useState } from 'react'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { MarkdownProblem, MarkdownVariant, RenderedMarkdown } from '@/lib/questions/markdown'
import type { RichBilingual } from '@/lib/questions/rich-content'

type Render = (text: string, variant: MarkdownVariant) => RenderedMarkdown

export interface RenderedDraft {
  readonly text: RichBilingual
  readonly problems: readonly (MarkdownProblem & { readonly language: keyof Bilingual })[]
}

/**
 * A text that is being written, as it will look. Markdown comes to the browser here only, when the first text is shown;
 * until then the text is shown as it was typed.
 */
export function useRendered({ zh, en }: Bilingual, variant: MarkdownVariant = 'block'): RenderedDraft {
  const [render, setRender] = useState<Render | null>(null)
  useEffect(() => {
    let wanted = true
    void import('@/lib/questions/markdown').then(({ renderMarkdown }) => {
      if (wanted) setRender(() => renderMarkdown)
    })
    return () => {
      wanted = false
    }
  }, [])
  return useMemo(() => {
    if (!render) return { text: { zh, en, html: null }, problems: [] }
    const [chinese, english] = [render(zh, variant), render(en, variant)]
    return {
      text: { zh, en, html: { zh: chinese.html, en: english.html } },
      problems: [
        ...chinese.problems.map((problem) => ({ ...problem, language: 'zh' as const })),
        ...english.problems.map((problem) => ({ ...problem, language: 'en' as const })),
      ],
    }
  }, [render, zh, en, variant])
}
