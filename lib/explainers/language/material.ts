import { parse } from 'yaml'
import { z } from 'zod'
import { ExplainerError } from '../errors'
import type { SimilarityInput } from '../methods/embedding-similarity'
import type { QuestionInput } from '../methods/embedding-space'

const sentencesSchema = z.strictObject({
  sentences: z.array(z.strictObject({ text: z.string().min(1), group: z.enum(['fruit', 'company']) })).min(2),
})
const passagesSchema = z.strictObject({
  passages: z
    .array(
      z.strictObject({
        question: z.string().min(1),
        answer: z.string().min(1),
        context: z.string().min(1),
      }),
    )
    .min(1),
})

export interface Sentence {
  readonly text: string
  readonly group: 'fruit' | 'company'
}

/**
 * @param yaml content of a sentence file: a list of `text` and `group`
 * @throws ExplainerError 'invalid-parameter' that names the place in the file
 */
export function readSentences(yaml: string): Sentence[] {
  return check(sentencesSchema, yaml, 'sentences').sentences
}

/**
 * @param part what is compared: its first occurrence in each sentence
 * @throws ExplainerError 'invalid-parameter' when a sentence has no such part
 */
export function selectPart(sentences: readonly Sentence[], part: string): SimilarityInput {
  return {
    sentences: sentences.map(({ text, group }) => {
      const start = text.indexOf(part)
      if (start < 0 || part.length === 0) {
        throw new ExplainerError('invalid-parameter', 'part', `'${part}' does not stand in '${text}'`)
      }
      return { text, group, selection: [start, start + part.length] as [number, number] }
    }),
  }
}

/** As `readSentences`, with `part` selected. @throws ExplainerError 'invalid-parameter' */
export function parseSentences(yaml: string, part: string): SimilarityInput {
  return selectPart(readSentences(yaml), part)
}

/** @throws ExplainerError 'invalid-parameter' that names the place in the file */
export function parsePassages(yaml: string): QuestionInput[] {
  return check(passagesSchema, yaml, 'passages').passages
}

function check<Result>(schema: z.ZodType<Result>, yaml: string, file: string): Result {
  const parsed = schema.safeParse(parse(yaml))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new ExplainerError('invalid-parameter', file, `${file}: ${issue.path.join('.')}: ${issue.message}`)
}
