import type { Bilingual } from '@/lib/explainers/bilingual'
import type { QuestionContent, QuestionKey } from '@/lib/questions/content'
import {
  type Names,
  suggestTexts,
  textsOf,
  type VariantPartTexts,
  type VariantTexts,
} from '@/lib/variants/texts'

/**
 * @param written of the version before.
 * @param own names of the new version's pictures and regions, which are those of the version before.
 * @returns texts of the new version: as they were written wherever it says what the version before said, else as suggested.
 */
export function carryTexts(written: VariantTexts, before: Told, after: Told, own: Names): VariantTexts {
  const said = new Map(toldIn(before))
  const kept = new Map(textsOf(written).map(({ path, text }) => [path, text]))
  const unchanged = new Set(toldIn(after).flatMap(([path, text]) => (said.get(path) === text ? [path] : [])))
  const choose = (path: string, suggested: Bilingual) => (unchanged.has(path) && kept.get(path)) || suggested
  const { prompt, parts } = suggestTexts(after.content, own)
  return {
    prompt: choose('prompt', prompt),
    parts: Object.fromEntries(
      Object.entries(parts).map(([id, part]) => [
        id,
        {
          ...(part.prompt && { prompt: choose(`parts.${id}.prompt`, part.prompt) }),
          options: Object.fromEntries(
            Object.entries(part.options).map(([option, text]) => [
              option,
              choose(`parts.${id}.options.${option}`, text),
            ]),
          ),
          explanation: choose(`parts.${id}.explanation`, part.explanation),
        },
      ]),
    ),
  }
}

/** What a question says, explanations included. */
export interface Told {
  readonly content: Pick<QuestionContent, 'prompt' | 'parts'>
  readonly key: QuestionKey
}

/** @returns by the paths of `textsOf`, both languages in one. */
function toldIn({ content: { prompt, parts }, key }: Told): [path: string, text: string][] {
  const told = parts.map(({ id, prompt, options }): [string, VariantPartTexts] => [
    id,
    {
      ...(prompt && { prompt }),
      options: Object.fromEntries(options.map((option) => [option.id, option.text])),
      explanation: key[id]?.explanation ?? { zh: '', en: '' },
    },
  ])
  return textsOf({ prompt, parts: Object.fromEntries(told) }).map(({ path, text: { zh, en } }) => [
    path,
    JSON.stringify([zh, en]),
  ])
}
