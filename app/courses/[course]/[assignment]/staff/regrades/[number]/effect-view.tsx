import type { EffectSummary } from '@/lib/regrading/view'
import { formatPoints } from '@/lib/scoring/points'
import { ExportLine } from '../export-line'
import type { RegradeMessages } from '../messages/messages'
import { DistributionChart } from './distribution-chart'
import { decimal2, meanPoints, points2 } from './effect-format'

/** The class before and after: counts, numbers, items, distribution, and what was exported. */
export function EffectView({
  effect,
  applied,
  messages,
  fileName,
}: {
  effect: EffectSummary
  applied: boolean
  messages: RegradeMessages
  fileName: string
}) {
  const words = messages.effect
  const counts = [
    [words.moved, effect.moved],
    [words.up, effect.up],
    [words.down, effect.down],
    [words.scores, effect.scores],
  ] as const
  return (
    <section className="mt-10" aria-labelledby="effect">
      <h2 id="effect" className="text-21 font-[580]">
        {applied ? words.titleApplied : words.title}
      </h2>
      <dl className="case mt-4 grid grid-cols-2 gap-y-5 px-6 py-5 sm:grid-cols-4">
        {counts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-13 text-quiet">{label}</dt>
            <dd className="numbers mt-0.5 text-28 font-[560]">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 max-w-[68ch] text-13 text-quiet">
        <ExportLine exported={effect.exported} foreseen />
      </p>
      {effect.before && effect.after && (
        <div className="mt-6 grid items-start gap-6 lg:grid-cols-2">
          <NumbersTable effect={effect} words={words} />
          <DistributionChart effect={effect} fileName={fileName} />
        </div>
      )}
    </section>
  )
}

function NumbersTable({ effect, words }: { effect: EffectSummary; words: RegradeMessages['effect'] }) {
  const { before, after } = effect
  const rows: readonly (readonly [string, string, string])[] = [
    [words.students, String(before?.students ?? 0), String(after?.students ?? 0)],
    [words.maximum, formatPoints(before?.maximum ?? 0), formatPoints(after?.maximum ?? 0)],
    [words.mean, meanPoints(before), meanPoints(after)],
    [
      words.standardDeviation,
      ...([before, after].map((one) =>
        one?.standardDeviation == null ? '–' : points2(one.standardDeviation),
      ) as [string, string]),
    ],
    [words.alpha, decimal2(before?.alpha), decimal2(after?.alpha)],
    ...effect.items.flatMap((item): [string, string, string][] => {
      const row = (name: string, key: 'difficulty' | 'restCorrelation' | 'upperLower') =>
        [words.ofItem(item.label, name), decimal2(item.before?.[key]), decimal2(item.after?.[key])] as [
          string,
          string,
          string,
        ]
      return [
        row(words.difficulty, 'difficulty'),
        row(words.restCorrelation, 'restCorrelation'),
        row(words.upperLower, 'upperLower'),
      ]
    }),
  ]
  return (
    <table className="numbers w-full text-15">
      <caption className="sr-only">{words.measure}</caption>
      <thead>
        <tr className="border-b text-13 text-quiet">
          <th scope="col" className="py-2 text-left font-[540]">
            {words.measure}
          </th>
          <th scope="col" className="py-2 pl-4 text-right font-[540]">
            {words.before}
          </th>
          <th scope="col" className="py-2 pl-4 text-right font-[540]">
            {words.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, one, other]) => (
          <tr key={name} className="border-b">
            <th scope="row" className="py-2 text-left font-normal">
              {name}
            </th>
            <td className="py-2 pl-4 text-right text-quiet">{one}</td>
            <td className={`py-2 pl-4 text-right ${one === other ? 'text-quiet' : 'font-[560]'}`}>{other}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
