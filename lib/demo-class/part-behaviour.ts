import { RandomStream } from '@/lib/explainers/random'
import type { QuestionPart, Topic } from '@/lib/questions/content'
import { maximumChoices } from '@/lib/questions/selection'

/** How simulated students meet one part. */
export interface PartBehaviour {
  readonly partId: string
  readonly topic: Topic
  /** In standard deviations of ability; a student of this ability is right about half the time. */
  readonly difficulty: number
  /** @returns at least one option, in the order in which they are offered. */
  readonly choose: (ability: number, random: RandomStream) => string[]
}

interface Distractor {
  /** Logarithm of how many it attracts. */
  readonly attraction: number
  /** Positive: attracts the able more than the weak, as a trap does. */
  readonly slope: number
}

/** Of wrong options: this share attracts able students, and this share nobody. */
const trapShare = 0.05
const deadShare = 0.06

/** @param correct the key: simulated students are right because they are able, not by chance alone. */
export function partBehaviour(
  part: QuestionPart,
  correct: readonly string[],
  topic: Topic,
  seed: number,
): PartBehaviour {
  const random = new RandomStream(seed, 'demo-class part', part.id)
  const difficulty = -0.75 + 0.75 * random.normal()
  const discrimination = Math.exp(0.15 + 0.3 * random.normal())
  const distractors = new Map<string, Distractor>()
  for (const { id } of part.options) {
    const kind = random.uniform()
    const attraction = kind < deadShare ? -9 : 0.7 * random.normal()
    const slope = kind > 1 - trapShare ? 0.9 : -0.1 + 0.15 * random.normal()
    if (!correct.includes(id)) distractors.set(id, { attraction, slope })
  }
  const pull = (ability: number, id: string) => {
    const { attraction, slope } = distractors.get(id)!
    return attraction + slope * ability
  }

  /** Ranks options by appeal with Gumbel noise: the largest is a draw from the multinomial logit model. */
  const chooseSome = (ability: number, random: RandomStream, count: number) => {
    const advantage = discrimination * (ability - difficulty)
    const wrong = [...distractors.keys()].reduce((sum, id) => sum + Math.exp(pull(ability, id)), 0)
    const right = advantage + Math.log(wrong + 1e-9) + (correct.length > 1 ? 0.9 : 0)
    const appeal = new Map(
      part.options.map(({ id }) => [id, (distractors.has(id) ? pull(ability, id) : right) + gumbel(random)]),
    )
    const ranked = [...appeal].sort((left, other) => other[1] - left[1]).map(([id]) => id)
    return ranked.slice(0, count)
  }

  /** Decides on each option by itself; so all of them are right less often than one would be. */
  const chooseAny = (ability: number, random: RandomStream) => {
    const chosen = part.options.flatMap(({ id }) => {
      const wrong = distractors.get(id)
      const ease = discrimination * (ability - difficulty) + 1.6 - (wrong?.attraction ?? 0)
      const right = random.uniform() < 1 / (1 + Math.exp(-ease))
      return right === (wrong === undefined) ? [id] : []
    })
    return chosen.length > 0 ? chosen : chooseSome(ability, random, 1)
  }

  const { kind } = part.selection
  const count = kind === 'any' ? 0 : maximumChoices(part.selection, part.options.length)
  return {
    partId: part.id,
    topic,
    difficulty,
    choose: (ability, random) => {
      const chosen = kind === 'any' ? chooseAny(ability, random) : chooseSome(ability, random, count)
      return part.options.map((option) => option.id).filter((id) => chosen.includes(id))
    },
  }
}

function gumbel(random: RandomStream): number {
  return -Math.log(-Math.log(random.uniform() || Number.MIN_VALUE))
}
