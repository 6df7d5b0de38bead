import type { MisKeyMessages } from '@/app/messages/staff-desk/mis-keys'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import type { MisKeyCard } from '@/lib/item-analysis/mis-keys'
import { optionLetter } from '@/lib/questions/option-letter'
import { percent } from './statistics-format'

/** @returns what speaks against a key, and the question that follows, as two sentences. */
export function wordMisKey(
  { part, suspicion: { doubt, kind } }: MisKeyCard,
  words: MisKeyMessages,
  language: keyof Bilingual,
): { readonly finding: string; readonly question: string } {
  const quote = (optionId: string) => {
    const index = part.options.findIndex(({ id }) => id === optionId)
    return words.quote(optionLetter(index), part.options[index]?.text[language] ?? optionId)
  }
  const evidence = wordEvidence(part, words, quote)
  const students = doubt && wordDoubt(doubt, words, quote)
  const join = kind === 'class-against-evidence' ? words.but : words.and
  const finding = students ? join(evidence, students) : words.only(evidence)
  const question =
    kind === 'both' ? words.askBoth : kind === 'class-against-evidence' ? words.askWording : words.askKey
  return { finding: finding.charAt(0).toUpperCase() + finding.slice(1), question }
}

function wordEvidence(
  { evidence, correct }: MisKeyCard['part'],
  words: MisKeyMessages,
  quote: (optionId: string) => string,
): string {
  if (!evidence) return words.noEvidence
  const { judgement, favoured, numbers } = evidence
  if (favoured === null) return words.evidenceAgainst(correct.map(quote).join(words.separator))
  if (judgement === 'ambiguous') return words.evidenceAlso(quote(evidence.otherOptions[0] ?? favoured))
  return words.evidenceFor(quote(favoured), numbers && [formatNumber(numbers[0]), formatNumber(numbers[1])])
}

function wordDoubt(
  { keyed, rival, keyedShare, rivalShare }: NonNullable<MisKeyCard['suspicion']['doubt']>,
  words: MisKeyMessages,
  quote: (optionId: string) => string,
): string {
  return rivalShare > keyedShare
    ? words.bestChoose(quote(rival), percent(rivalShare), quote(keyed), percent(keyedShare))
    : words.bestFail(quote(keyed), percent(keyedShare))
}
