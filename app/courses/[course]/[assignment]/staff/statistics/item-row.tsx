'use client'

import { clsx } from 'clsx'
import { ChevronDown, Flag } from 'lucide-react'
import { useMessages } from '@/app/components/preferences'
import { RichText } from '@/app/components/rich-text'
import type { ItemCard } from '@/lib/item-analysis/view'
import { useDeskMessages } from '../use-desk-messages'
import { wordFlags } from './flag-words'
import { OptionTable } from './option-table'
import { percent, signed } from './statistics-format'
import { VariantTable } from './variant-table'

/** A part as one line of numbers that opens to its options. */
export function ItemRow({ item, alpha }: { item: ItemCard; alpha: number | null }) {
  const { statistics: words } = useDeskMessages()
  const messages = useMessages()
  const { statistics, flags } = item
  const { low, high } = statistics.interval
  const sentences = wordFlags(item, words)
  const grave =
    flags.filter((flag) => flag.kind !== 'never-chosen').length +
    item.variants.filter(({ isHarder }) => isHarder).length
  const raises =
    alpha !== null && statistics.alphaWithout !== null && statistics.alphaWithout > alpha + 0.0005
  const facts = [
    [words.restCorrelation, signed(statistics.restCorrelation)],
    [words.upperLower, signed(statistics.upperLower)],
    [words.alphaWithout, `${signed(statistics.alphaWithout)}${raises ? ' ↑' : ''}`],
    [words.unanswered, String(statistics.unanswered)],
    [words.students, String(statistics.students)],
  ] as const
  return (
    <details id={`item-${statistics.id}`} className="group scroll-mt-20 border-b break-inside-avoid">
      <summary className="grid cursor-pointer list-none grid-cols-[3.25rem_1fr_auto] items-center gap-x-3 gap-y-1 py-3 hover:bg-sunk sm:grid-cols-[3.25rem_minmax(0,1fr)_15rem_8.5rem_auto] sm:gap-x-5">
        <span className="text-17 font-semibold">
          <span className="font-[350] text-quiet">Q</span>
          {item.label}
        </span>
        <span className="min-w-0">
          <RichText text={item.partPrompt ?? item.prompt} as="line" className="truncate" second="hidden" />
          <span className="flex items-center gap-3 text-13 text-quiet">
            {messages.topics[item.topic]}
            {grave > 0 && (
              <span className="inline-flex items-center gap-1 text-warn">
                <Flag size={13} aria-hidden="true" />
                {words.flagCount(grave)}
              </span>
            )}
          </span>
        </span>
        <span className="numbers col-span-2 col-start-2 text-13 sm:col-span-1 sm:col-start-auto">
          <span className="flex flex-wrap justify-between gap-x-2">
            <span className="text-quiet">{words.difficulty}</span>
            <span>
              <span className="font-[560]">{percent(statistics.difficulty)}</span>{' '}
              <span className="text-quiet">
                {percent(low)}–{percent(high)}
              </span>
            </span>
          </span>
          <DifficultyBar difficulty={statistics.difficulty} low={low} high={high} />
        </span>
        <span className="numbers hidden text-13 sm:block">
          <span className="block truncate text-quiet">{words.restCorrelation}</span>
          <span className={clsx('text-15 font-[560]', (statistics.restCorrelation ?? 0) < 0 && 'text-wrong')}>
            {signed(statistics.restCorrelation)}
          </span>
        </span>
        <ChevronDown
          size={18}
          aria-hidden="true"
          className="col-start-3 row-start-1 text-quiet transition-transform duration-150 group-open:rotate-180 sm:col-start-5"
        />
      </summary>
      <div className="pt-1 pb-7 sm:pl-[4.5rem]">
        {sentences.length > 0 && (
          <ul className="mb-4 grid gap-1 border-l-2 border-warn pl-4">
            {sentences.map(({ sentence, byChance }) => (
              <li key={sentence}>
                {sentence}
                {byChance && <span className="text-13 text-quiet"> · {words.byChance}</span>}
              </li>
            ))}
          </ul>
        )}
        <dl className="numbers flex flex-wrap gap-x-8 gap-y-2 text-13">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt className="text-quiet">{label}</dt>
              <dd className="text-15 font-[540]">{value}</dd>
            </div>
          ))}
        </dl>
        <VariantTable variants={item.variants} />
        <OptionTable item={item} />
      </div>
    </details>
  )
}

/** Where the difficulty lies, with its interval around it; the numbers beside it say the same. */
function DifficultyBar({ difficulty, low, high }: { difficulty: number; low: number; high: number }) {
  return (
    <span aria-hidden="true" className="relative mt-1.5 block h-1.5 rounded-full bg-hairline">
      <span
        className="absolute inset-y-0 left-0 rounded-full bg-accent"
        style={{ width: `${difficulty * 100}%` }}
      />
      <span
        className="absolute -top-1 h-3.5 border-x border-ink"
        style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
      />
    </span>
  )
}
