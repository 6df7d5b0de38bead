'use client'

import { FlaskConical, TriangleAlert } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { CsvDownload } from '@/app/components/csv-download'
import { clockTime, useInBrowser } from '@/app/components/local-time'
import { PrintButton } from '@/app/components/print-button'
import { Segments } from '@/app/components/segments'
import type { MisKeyCard } from '@/lib/item-analysis/mis-keys'
import type { ItemAnalysisView } from '@/lib/item-analysis/view'
import { formatPoints } from '@/lib/scoring/points'
import type { SectionName } from '@/lib/sections/view'
import type { ItemAnalysis } from '@/lib/statistics/items'
import { Notice } from '../notice'
import { SectionChoice } from '../section-choice'
import { useDeskMessages } from '../use-desk-messages'
import { FlagList } from './flag-list'
import { ItemMap } from './item-map'
import { ItemRow } from './item-row'
import { LanguageScores } from './language-scores'
import { MisKeyRadar } from './mis-key-radar'
import { itemTable, optionTable, signed } from './statistics-format'

/** What the answers say about the questions. */
export function StatisticsView({
  view,
  misKeys,
  sections,
  address,
  fileName,
}: {
  view: ItemAnalysisView
  misKeys: readonly MisKeyCard[]
  /** Of the staff pages. */
  address: string
  sections: readonly SectionName[]
  fileName: string
}) {
  const { statistics, simulatedNotice, asOf } = useDeskMessages()
  const inBrowser = useInBrowser()
  const router = useRouter()
  const here = usePathname()
  const query = useSearchParams()
  const { analysis, items } = view
  return (
    <>
      <div className="no-print mt-4 flex flex-wrap items-center justify-between gap-3">
        <Segments
          legend={statistics.attempts}
          value={view.attempts}
          onChange={(attempts) => {
            const next = new URLSearchParams(query)
            next.set('attempts', attempts)
            router.replace(`${here}?${next}`)
          }}
          segments={[
            { value: 'first', label: statistics.first, name: statistics.first },
            { value: 'latest', label: statistics.latest, name: statistics.latest },
          ]}
        />
        <div className="flex flex-wrap items-center gap-3">
          <SectionChoice sections={sections} section={view.section} />
          <PrintButton />
        </div>
      </div>
      {view.asOf !== null && inBrowser && (
        <p className="numbers mt-3 text-13 text-quiet">{asOf(clockTime(view.asOf))}</p>
      )}
      {view.simulated > 0 && (
        <Notice icon={FlaskConical}>{simulatedNotice(view.simulated, analysis.students)}</Notice>
      )}
      <MisKeyRadar cards={misKeys} address={address} fileName={`${fileName}-keys`} />
      {analysis.kind === 'too-few' ? (
        <div className="case mt-6 px-6 py-10 text-center">
          <p className="text-17">{statistics.tooFew(analysis.students, analysis.needed)}</p>
          <p className="mt-1 text-quiet">{statistics.tooFewHint}</p>
        </div>
      ) : (
        <>
          {analysis.caution && <Notice icon={TriangleAlert}>{statistics.caution(analysis.students)}</Notice>}
          <Numbers analysis={analysis} />
          <div className="mt-6 grid items-start gap-6 lg:grid-cols-2">
            <FlagList items={items} />
            <ItemMap items={items} fileName={`${fileName}-item-map`} />
          </div>
          <LanguageScores view={view} maximum={analysis.maximum} fileName={`${fileName}-languages`} />
          <section className="mt-12" aria-labelledby="items">
            <div className="flex flex-wrap items-end justify-between gap-3">
              <h2 id="items" className="text-21 font-[580]">
                {statistics.items}
              </h2>
              <div className="-mr-2 flex flex-wrap">
                <CsvDownload
                  label={statistics.exportItems}
                  fileName={`${fileName}-items`}
                  rows={() => itemTable(items, statistics)}
                />
                <CsvDownload
                  label={statistics.exportOptions}
                  fileName={`${fileName}-options`}
                  rows={() => optionTable(items, statistics)}
                />
              </div>
            </div>
            <div className="mt-3 border-t">
              {items.map((item) => (
                <ItemRow key={item.statistics.id} item={item} alpha={analysis.alpha} />
              ))}
            </div>
          </section>
          <section className="mt-12 max-w-[72ch] text-13 text-quiet" aria-labelledby="how">
            <h2 id="how" className="text-15 font-[560] text-ink">
              {statistics.how}
            </h2>
            <ul className="mt-2 grid list-disc gap-1.5 pl-5">
              {statistics.method.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        </>
      )}
      {view.rarelyDrawn.length > 0 && (
        <p className="mt-6 text-13 text-quiet">{statistics.rarelyDrawn(view.rarelyDrawn.join(', '))}</p>
      )}
      {view.leftOut > 0 && <p className="mt-6 text-13 text-quiet">{statistics.leftOut(view.leftOut)}</p>}
    </>
  )
}

function Numbers({ analysis }: { analysis: ItemAnalysis }) {
  const { statistics } = useDeskMessages()
  const points = (thousandths: number | null) =>
    thousandths === null ? '–' : formatPoints(Math.round(thousandths / 10) * 10, 2)
  const numbers = [
    [statistics.students, String(analysis.students), null],
    [statistics.mean, points(analysis.mean), formatPoints(analysis.maximum)],
    [statistics.deviation, points(analysis.standardDeviation), null],
    [statistics.alpha, signed(analysis.alpha), null],
    [statistics.error, points(analysis.standardError), null],
  ] as const
  return (
    <dl className="case mt-5 grid grid-cols-2 gap-x-4 gap-y-5 px-6 py-5 sm:grid-cols-3 lg:grid-cols-5">
      {numbers.map(([label, value, maximum]) => (
        <div key={label}>
          <dt className="text-13 text-quiet">{label}</dt>
          <dd className="numbers mt-0.5 text-28 font-[560] whitespace-nowrap">
            {value}
            {maximum && <span className="text-15 font-normal text-quiet"> / {maximum}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
