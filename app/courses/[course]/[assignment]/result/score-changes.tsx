import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import type { Language } from '@/app/messages/language'
import type { ScoreChangeView } from '@/lib/attempts/view'
import { formatPoints } from '@/lib/scoring/points'
import { scoreChangeMessages } from './messages/score-changes'

/** Every regrade that moved the score, with its reason, the latest first. */
export function ScoreChanges({
  changes,
  language,
}: {
  changes: readonly ScoreChangeView[]
  language: Language
}) {
  const words = scoreChangeMessages[language]
  if (changes.length === 0) return null
  return (
    <section className="mt-8 rounded-card border border-accent px-5 py-4" aria-labelledby="score-changes">
      <h2 id="score-changes" className="text-17 font-[580]">
        {words.title}
      </h2>
      <ul className="mt-2 grid gap-3">
        {changes.map((change) => (
          <li key={change.at}>
            <p className="numbers">
              <span className="font-[540]">{words.changed(...totalsOf(change))}</span>
              {change.parts.length > 0 && `, ${words.parts(change.parts.join(', '))}`} {words.because}
            </p>
            <BilingualText text={change.reason} second="text-quiet" />
            <p className="text-13 text-quiet">
              <Moment iso={change.at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** @returns `8.70` and `9.00`, with what they are out of where that changed too. */
function totalsOf({ before, after, maximumBefore, maximumAfter }: ScoreChangeView): [string, string] {
  const outOf = (points: number, maximum: number) =>
    maximumBefore === maximumAfter
      ? formatPoints(points, 2)
      : `${formatPoints(points, 2)} / ${formatPoints(maximum)}`
  return [outOf(before, maximumBefore), outOf(after, maximumAfter)]
}
