import { RandomStream } from '@/lib/explainers/random'
import type { QuestionOption } from '@/lib/questions/content'

type PinnedOption = Pick<QuestionOption, 'pinned'>

/** Contents as they were written, or with the HTML of their texts. */
interface ShuffledContent {
  readonly parts: readonly { readonly id: string; readonly options: readonly PinnedOption[] }[]
}

/**
 * @param seed of the attempt; null: the options are shown as they were written
 * @returns the content with its options in the order that the attempt shows. A pure function of seed and part, so that every
 * page, file and copy of the attempt shows the same one, and so does whoever looks later. Answers name options by id.
 */
export function withShownOrder<Content extends ShuffledContent>(
  content: Content,
  seed: number | null,
): Content {
  if (seed === null) return content
  return {
    ...content,
    parts: content.parts.map((part) => ({ ...part, options: shuffledOptions(part.options, seed, part.id) })),
  }
}

/** All orders of the options that are not pinned are equally likely; pinned ones keep their place. */
export function shuffledOptions<Option extends PinnedOption>(
  options: readonly Option[],
  seed: number,
  partId: string,
): Option[] {
  const loose = shuffled(
    options.filter((option) => !option.pinned),
    new RandomStream(seed, 'options', partId),
  )
  let next = 0
  return options.map((option) => (option.pinned ? option : loose[next++]!))
}

/** @returns the same things in a random order, all orders equally likely (Fisher and Yates; Durstenfeld, 1964). */
export function shuffled<Thing>(things: readonly Thing[], random: RandomStream): Thing[] {
  const order = [...things]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1)
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}
