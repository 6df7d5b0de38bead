'use client'

import { Flag } from 'lucide-react'
import { BilingualText } from '@/app/components/bilingual-text'
import { Scrolling } from '@/app/components/scrolling'
import type { VariantScores } from '@/lib/item-analysis/view'
import { useDeskMessages } from '../use-desk-messages'
import { formatProbability, percent } from './statistics-format'

/** How hard each variant of a part was, and whether that may be chance. */
export function VariantTable({ variants }: { variants: readonly VariantScores[] }) {
  const { statistics: words } = useDeskMessages()
  if (variants.length === 0) return null
  const head = 'px-2 py-1.5 text-13 font-[540] text-quiet'
  return (
    <Scrolling label={words.variants} className="mt-5">
      <table className="numbers w-full min-w-[34rem] text-15">
        <caption className="pb-1 text-left font-[560]">{words.variants}</caption>
        <thead>
          <tr className="border-b">
            <th scope="col" className={`${head} pl-0 text-left`}>
              {words.variant}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.students}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.difficulty}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.fullPoints}
            </th>
            <th scope="col" className={`${head} text-left`}>
              {words.harder}
            </th>
          </tr>
        </thead>
        <tbody>
          {variants.map(
            ({ number, pictures, students, difficulty, interval, full, probability, isHarder }) => (
              <tr key={number} className="border-b last:border-b-0">
                <th scope="row" className="py-2 pr-3 text-left font-normal">
                  {number === null ? words.ownVariant : words.variantName(-number)}
                  {pictures && (
                    <span className="block text-13 text-quiet">
                      <BilingualText text={pictures} second="hidden" />
                    </span>
                  )}
                </th>
                <td className="px-2 py-2 text-right">{students}</td>
                <td className="px-2 py-2 text-right whitespace-nowrap">
                  {percent(difficulty)}{' '}
                  <span className="text-13 text-quiet">
                    {percent(interval.low)}–{percent(interval.high)}
                  </span>
                </td>
                <td className="px-2 py-2 text-right">{full}</td>
                <td className="px-2 py-2 whitespace-nowrap">
                  {probability === null ? '–' : `p ${formatProbability(probability)}`}
                  {isHarder && (
                    <span className="ml-2 inline-flex items-center gap-1 text-warn">
                      <Flag size={13} aria-hidden="true" />
                      {words.isHarder}
                    </span>
                  )}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      <p className="mt-2 max-w-[68ch] text-13 text-quiet">{words.variantsNote}</p>
    </Scrolling>
  )
}
