'use client'

import { CsvDownload } from '@/app/components/csv-download'
import { Scrolling } from '@/app/components/scrolling'
import type { ItemAnalysisView } from '@/lib/item-analysis/view'
import { formatPoints } from '@/lib/scoring/points'
import { useDeskMessages } from '../use-desk-messages'
import { percent } from './statistics-format'

const points = (thousandths: number) => formatPoints(Math.round(thousandths / 10) * 10, 2)

/** How those did who read in Chinese, in English, or in both: totals, and every part, each with its interval. */
export function LanguageScores({
  view: { languages, items },
  maximum,
  fileName,
}: {
  view: ItemAnalysisView
  /** Full points, thousandths. */
  maximum: number
  fileName: string
}) {
  const { statistics: words, chart } = useDeskMessages()
  const known = languages.flatMap(({ name, students, scores }) =>
    scores ? [{ name, students, ...scores }] : [],
  )
  const head = 'px-2 py-1.5 text-13 font-[540] text-quiet'
  const table = () => [
    [
      words.part,
      ...known.flatMap(({ name }) => [words.languages[name], words.intervalLow, words.intervalHigh]),
    ],
    ['n', ...known.flatMap(({ students }) => [students, null, null])],
    [words.mean, ...known.flatMap(({ mean, interval }) => [mean, interval.low, interval.high].map(inPoints))],
    ...items.map(({ label }, index) => [
      label,
      ...known.flatMap((group) => {
        const item = group.items[index]
        if (!item) return [null, null, null]
        const { difficulty, interval } = item
        return [difficulty, interval.low, interval.high].map((share) => Number(share.toFixed(4)))
      }),
    ]),
  ]
  return (
    <section className="case mt-6 min-w-0 px-5 py-5 sm:px-6" aria-labelledby="languages">
      <div className="flex items-start justify-between gap-3">
        <h2 id="languages" className="text-17 font-[580]">
          {words.byLanguage}
        </h2>
        {known.length > 0 && (
          <CsvDownload
            label={chart.csv}
            name={chart.csvOf(words.byLanguage)}
            fileName={fileName}
            rows={table}
          />
        )}
      </div>
      <p className="mt-1 max-w-[68ch] text-13 text-quiet">{words.byLanguageLead}</p>
      {languages.length === 0 ? (
        <p className="mt-3">{words.languageUnknown}</p>
      ) : (
        <div className="mt-3 grid gap-2">
          {languages.map(({ name, students, scores }) => (
            <div
              key={name}
              className="grid grid-cols-[6.5rem_1fr] items-center gap-x-3 sm:grid-cols-[8rem_14rem_1fr]"
            >
              <span>
                {words.languages[name]}
                <span className="numbers block text-13 text-quiet">n = {students}</span>
              </span>
              {scores ? (
                <>
                  <span className="numbers whitespace-nowrap">
                    <span className="font-[560]">{points(scores.mean)}</span>{' '}
                    <span className="text-13 text-quiet">
                      {points(scores.interval.low)}–{points(scores.interval.high)}
                    </span>
                  </span>
                  <span
                    aria-hidden="true"
                    className="relative col-span-2 block h-1.5 rounded-full bg-hairline sm:col-span-1"
                  >
                    <span
                      className="absolute -top-1 h-3.5 rounded-sm bg-accent/30"
                      style={{
                        left: `${(scores.interval.low / maximum) * 100}%`,
                        width: `${((scores.interval.high - scores.interval.low) / maximum) * 100}%`,
                      }}
                    />
                    <span
                      className="absolute -top-1 h-3.5 w-0.5 bg-accent"
                      style={{ left: `${(scores.mean / maximum) * 100}%` }}
                    />
                  </span>
                </>
              ) : (
                <span className="text-13 text-quiet sm:col-span-2">{words.languageTooFew}</span>
              )}
            </div>
          ))}
        </div>
      )}
      {known.length > 0 && (
        <details className="no-print mt-3">
          <summary className="tool -ml-2 cursor-pointer list-none">{words.languageItems}</summary>
          <Scrolling label={words.byLanguage} className="mt-2 max-h-96">
            <table className="numbers w-full text-13">
              <caption className="sr-only">{words.byLanguage}</caption>
              <thead>
                <tr className="border-b">
                  <th scope="col" className={`${head} pl-0 text-left`}>
                    {words.part}
                  </th>
                  {known.map(({ name, students }) => (
                    <th key={name} scope="col" className={`${head} text-right`}>
                      {words.languages[name]} (n = {students})
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map(({ label, statistics }, index) => (
                  <tr key={statistics.id} className="border-b last:border-b-0">
                    <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                      {label}
                    </th>
                    {known.map((group) => {
                      const item = group.items[index]
                      return (
                        <td key={group.name} className="px-2 py-1.5 text-right whitespace-nowrap">
                          {item ? (
                            <>
                              {percent(item.difficulty)}{' '}
                              <span className="text-quiet">
                                {percent(item.interval.low)}–{percent(item.interval.high)}
                              </span>
                            </>
                          ) : (
                            '–'
                          )}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolling>
        </details>
      )}
    </section>
  )
}

const inPoints = (thousandths: number) => Number(points(thousandths))
