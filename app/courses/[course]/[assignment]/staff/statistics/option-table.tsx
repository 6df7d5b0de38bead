'use client'

import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { RichText } from '@/app/components/rich-text'
import { Scrolling } from '@/app/components/scrolling'
import type { ItemCard } from '@/lib/item-analysis/view'
import { optionLetter } from '@/lib/questions/option-letter'
import { formatPoints } from '@/lib/scoring/points'
import { useDeskMessages } from '../use-desk-messages'
import { percent, signed } from './statistics-format'

/** Who chose what: each option's count, its share among the best and the weakest, and how its choosers do elsewhere. */
export function OptionTable({ item }: { item: ItemCard }) {
  const { statistics: words } = useDeskMessages()
  const head = 'px-2 py-1.5 text-13 font-[540] text-quiet'
  return (
    <Scrolling label={words.options} className="mt-4">
      <table className="numbers w-full min-w-[46rem] text-15">
        <caption className="sr-only">{words.options}</caption>
        <thead>
          <tr className="border-b">
            <th scope="col" className={`${head} pl-0 text-left`}>
              {words.option}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.count}
            </th>
            <th scope="col" className={`${head} w-36 text-left`}>
              {words.upper}
            </th>
            <th scope="col" className={`${head} w-36 text-left`}>
              {words.lower}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.meanTotal}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.optionCorrelation}
            </th>
          </tr>
        </thead>
        <tbody>
          {item.statistics.options.map((option, index) => (
            <tr key={option.id} className="border-b last:border-b-0">
              <th scope="row" className="max-w-md py-2 pr-3 text-left font-normal">
                <span className="flex gap-2">
                  <span className="w-4 shrink-0 text-13 leading-6 font-semibold text-quiet">
                    {optionLetter(index)}
                  </span>
                  <span className={clsx('min-w-0', option.correct && 'font-[560]')}>
                    <RichText text={item.optionTexts[option.id]!} as="inline" second="hidden" />
                  </span>
                  {option.correct && (
                    <Check
                      size={16}
                      role="img"
                      aria-label={words.right}
                      className="mt-1 shrink-0 text-accent"
                    />
                  )}
                </span>
              </th>
              <td className="px-2 py-2 text-right whitespace-nowrap">
                {option.count} <span className="text-13 text-quiet">{percent(option.share)}</span>
              </td>
              <td className="px-2 py-2">
                <ShareBar share={option.upperShare} correct={option.correct} />
              </td>
              <td className="px-2 py-2">
                <ShareBar share={option.lowerShare} correct={option.correct} />
              </td>
              <td className="px-2 py-2 text-right">
                {option.meanTotal === null ? '–' : formatPoints(Math.round(option.meanTotal / 10) * 10, 2)}
              </td>
              <td
                className={clsx(
                  'px-2 py-2 text-right',
                  !option.correct && (option.restCorrelation ?? 0) > 0 && 'font-[560] text-warn',
                )}
              >
                {signed(option.restCorrelation)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

function ShareBar({ share, correct }: { share: number; correct: boolean }) {
  return (
    <span className="grid grid-cols-[1fr_2.75rem] items-center gap-2">
      <span aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-hairline">
        <span
          className={clsx('block h-full rounded-full', correct ? 'bg-accent' : 'bg-edge')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="text-right text-13">{percent(share)}</span>
    </span>
  )
}
