import { RichText } from '@/app/components/rich-text'
import { optionLetter } from '@/lib/questions/option-letter'
import { versionNames } from '@/lib/questions/version-name'
import type { ChangedPart, TreatmentView } from '@/lib/regrading/view'
import { formatPoints } from '@/lib/scoring/points'
import { ruleWording } from '@/lib/scoring/wording'
import { VerdictMark } from '../../evidence/verdict-mark'
import type { RegradeMessages } from '../messages/messages'

/** The keys before and after, with what the models say of the new one. */
export function ChangedParts({
  parts,
  language,
  messages,
}: {
  parts: readonly ChangedPart[]
  language: 'zh' | 'en'
  messages: RegradeMessages
}) {
  const { changes, effect, policies } = messages
  return (
    <section className="mt-8" aria-labelledby="changes">
      <h2 id="changes" className="text-21 font-[580]">
        {changes.title}
      </h2>
      <div className="mt-3 grid gap-4">
        {parts.map((part) => (
          <article key={`${part.partId} ${part.versions.join()}`} className="rounded-card border px-5 py-4">
            <h3 className="font-[560]">
              {effect.item(part.label)}
              <span className="font-normal text-quiet">
                {' '}
                · {policies[part.policy]}
                {part.allVersions > 1 && ` · ${changes.versions(versionNames(part.versions)[language])}`}
              </span>
            </h3>
            <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 text-15">
              {rowsOf(part, language, changes).map(([name, before, after]) => (
                <div key={name} className="contents">
                  <dt className="text-13 leading-6 text-quiet">{name}</dt>
                  <dd className="numbers min-w-0">
                    {before === after ? (
                      before
                    ) : (
                      <>
                        <del className="text-quiet">{before}</del> →{' '}
                        <ins className="font-[560] no-underline">{after}</ins>
                      </>
                    )}
                  </dd>
                </div>
              ))}
              <dt className="text-13 leading-6 text-quiet">{changes.verdict}</dt>
              <dd>
                <VerdictMark verdict={part.verdict === 'unknown' ? 'unchecked' : part.verdict} />{' '}
                {changes.verdicts[part.verdict]}
              </dd>
            </dl>
            {part.before.explanation.en !== part.after.explanation.en ||
            part.before.explanation.zh !== part.after.explanation.zh ? (
              <div className="mt-3 border-l-2 border-accent pl-4">
                <p className="eyebrow">{changes.explanation}</p>
                <RichText text={part.after.explanation} />
              </div>
            ) : null}
          </article>
        ))}
      </div>
    </section>
  )
}

function rowsOf(
  { options, before, after }: ChangedPart,
  language: 'zh' | 'en',
  words: RegradeMessages['changes'],
): [name: string, before: string, after: string][] {
  const letters = (ids: readonly string[]) =>
    options.flatMap(({ id }, index) => (ids.includes(id) ? [optionLetter(index)] : [])).join(', ')
  const key = ({ correct, alsoAccepted }: TreatmentView) =>
    [correct, ...alsoAccepted].map(letters).join(` ${words.or} `)
  const points = (one: TreatmentView) => (one.points === 0 ? words.none : formatPoints(one.points))
  return [
    [words.key, key(before), key(after)],
    [words.rule, ruleWording[before.rule][language], ruleWording[after.rule][language]],
    [words.points, points(before), points(after)],
  ]
}
