import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { PartEvidence, QuestionContent, QuestionKey, Topic } from '@/lib/questions/content'
import { partLabel } from '@/lib/questions/shown-label'
import { freshOptionId, freshPartId } from '@/lib/studio/fresh-id'
import type { Draft, DraftEvidence, DraftOption, DraftPart } from '@/lib/studio/schema'

/** What becomes a version: the form that `newVersionSchema` takes. */
interface VersionContent {
  readonly content: QuestionContent
  readonly key: QuestionKey
  readonly figureSpec: FigureSpec | null
}

const noText: Bilingual = { zh: '', en: '' }
const hasText = ({ zh, en }: Bilingual) => zh !== '' || en !== ''

/** @returns a version as a draft, to be changed. */
export function draftOf({ content, key, figureSpec }: VersionContent): Draft {
  return {
    ...content,
    parts: content.parts.map(({ label: _, prompt, ...part }): DraftPart => {
      const partKey = key[part.id]
      return {
        ...part,
        prompt: prompt ?? noText,
        correct: partKey?.correct ?? [],
        rule: partKey?.rule ?? { name: 'exact' },
        explanation: partKey?.explanation ?? noText,
        ...(partKey?.alsoAccepted && { alsoAccepted: partKey.alsoAccepted }),
        ...(partKey?.evidence && { evidence: partKey.evidence }),
      }
    }),
    figureSpec,
  }
}

/**
 * @returns the draft in a version's form: what students see apart from what decides the score. Whether it is complete is
 * for `findDraftProblems` and the server to say.
 */
export function versionOf({ parts, figureSpec, ...question }: Draft): VersionContent {
  return {
    content: {
      ...question,
      parts: parts.map(
        (
          { prompt, correct: _, rule: _rule, alsoAccepted: _also, explanation: _why, evidence: _on, ...part },
          at,
        ) => ({
          ...part,
          label: partLabel(question.label, parts.length, at),
          ...(hasText(prompt) && { prompt }),
        }),
      ),
    },
    key: Object.fromEntries(
      parts.map(({ id, correct, rule, alsoAccepted, explanation, evidence }) => [
        id,
        {
          correct,
          rule,
          ...(alsoAccepted && { alsoAccepted }),
          explanation,
          ...(evidence && { evidence: finishedEvidence(evidence) }),
        },
      ]),
    ),
    figureSpec,
  }
}

function finishedEvidence({ unfinished: _, ...evidence }: DraftEvidence): PartEvidence {
  if (evidence.kind === 'reasoned') return evidence
  const { accepted, disputed, ...rest } = evidence
  return {
    ...rest,
    ...(accepted && hasText(accepted) && { accepted }),
    ...(disputed && hasText(disputed) && { disputed }),
  }
}

/** @returns a question without any text: one part that asks for one of four options. */
export function emptyDraft(slug: string, label: string, topic: Topic): Draft {
  return { label, topic, prompt: noText, parts: [emptyPart(freshPartId(slug, []))], figureSpec: null }
}

/** @returns a part with four options without text. */
export function emptyPart(partId: string): DraftPart {
  const options: DraftOption[] = []
  for (let count = 0; count < 4; count++) {
    const taken = options.map((option) => option.id)
    options.push({ id: freshOptionId(partId, taken), text: noText })
  }
  return {
    id: partId,
    prompt: noText,
    selection: { kind: 'one' },
    points: 300,
    options,
    correct: [],
    rule: { name: 'exact' },
    explanation: noText,
  }
}

/** @returns ids of its parts and options. */
export function idsOf({ parts }: Draft): string[] {
  return parts.flatMap(({ id, options }) => [id, ...options.map((option) => option.id)])
}

/**
 * @returns the draft as another question's: parts and options have ids of their own everywhere, also where key, weights
 * and claims name them.
 */
export function copyDraft(draft: Draft, slug: string, label: string): Draft {
  const partIds: string[] = []
  const parts = draft.parts.map((part) => {
    const id = freshPartId(slug, partIds)
    partIds.push(id)
    const optionIds = new Map<string, string>()
    for (const option of part.options) optionIds.set(option.id, freshOptionId(id, [...optionIds.values()]))
    return renamed(part, id, (optionId) => optionIds.get(optionId) ?? optionId)
  })
  return { ...draft, label, parts }
}

function renamed(
  { alsoAccepted: _, ...part }: DraftPart,
  id: string,
  rename: (id: string) => string,
): DraftPart {
  const { rule, evidence } = part
  const renameKeys = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).map(([optionId, value]) => [rename(optionId), value]))
  return {
    ...part,
    id,
    options: part.options.map((option) => ({ ...option, id: rename(option.id) })),
    correct: part.correct.map(rename),
    rule: rule.name === 'weighted' ? { ...rule, fractions: renameKeys(rule.fractions) } : rule,
    ...(evidence?.kind === 'claims' && { evidence: { ...evidence, claims: renameKeys(evidence.claims) } }),
  }
}
