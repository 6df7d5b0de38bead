import type { DeskMessages } from '@/app/messages/staff-desk/messages'
import type { ItemCard } from '@/lib/item-analysis/view'
import { optionLetter } from '@/lib/questions/option-letter'
import { formatProbability, signed } from './statistics-format'

export interface FlagSentence {
  readonly sentence: string
  readonly byChance: boolean
  /** The larger, the sooner somebody should look. */
  readonly weight: number
}

/** An item's flags as questions; options that nobody chose share one sentence. */
export function wordFlags(
  { flags, statistics, variants }: ItemCard,
  words: DeskMessages['statistics'],
): FlagSentence[] {
  const position = (optionId: string) => statistics.options.findIndex(({ id }) => id === optionId)
  const sentences: FlagSentence[] = []
  const never: string[] = []
  for (const flag of flags) {
    if (flag.kind === 'never-chosen') {
      never.push(optionLetter(position(flag.optionId)))
      continue
    }
    const { byChance } = flag
    const correlation = signed(flag.correlation)
    const weight = Math.abs(flag.correlation) + (byChance ? 0 : 10)
    if (flag.kind === 'negative-discrimination')
      sentences.push({ sentence: words.flags.negative(correlation), byChance, weight: weight + 1 })
    else {
      const index = position(flag.optionId)
      const { count } = statistics.options[index]!
      sentences.push({
        sentence: words.flags.distractor(optionLetter(index), count, correlation),
        byChance,
        weight,
      })
    }
  }
  for (const { number, isHarder, probability } of variants)
    if (isHarder && probability !== null)
      sentences.push({
        sentence: words.flags.harderVariant(number === null ? null : -number, formatProbability(probability)),
        byChance: false,
        weight: 11 - probability,
      })
  if (never.length > 0)
    sentences.push({
      sentence:
        never.length === 1
          ? words.flags.neverChosen(never[0]!)
          : words.flags.neverChosenSeveral(never.join(', ')),
      byChance: false,
      weight: 0,
    })
  return sentences
}
