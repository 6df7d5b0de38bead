'use client'

import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { CsvDownload } from '@/app/components/csv-download'
import { usePreferences } from '@/app/components/preferences'
import { misKeyDictionaries } from '@/app/messages/staff-desk/mis-keys'
import type { MisKeyCard } from '@/lib/item-analysis/mis-keys'
import { VerdictMark } from '../evidence/verdict-mark'
import { useDeskMessages } from '../use-desk-messages'
import { wordMisKey } from './mis-key-words'

/** Keys that evidence or class speak against, the most urgent first, each as a question with ways to what it is about. */
export function MisKeyRadar({
  cards,
  address,
  fileName,
}: {
  cards: readonly MisKeyCard[]
  /** Of the staff pages. */
  address: string
  fileName: string
}) {
  const { interface: language } = usePreferences().language
  const words = misKeyDictionaries[language]
  const { chart } = useDeskMessages()
  const table = () => [
    [words.question, words.kind, words.weight, words.sentence],
    ...cards.map((card) => {
      const { finding, question } = wordMisKey(card, words, language)
      const { kind, weight } = card.suspicion
      return [card.part.label, words.kinds[kind], Number(weight.toFixed(3)), `${finding} ${question}`]
    }),
  ]
  return (
    <section className="case mt-6 min-w-0 px-5 py-5 sm:px-6" aria-labelledby="mis-keys">
      <div className="flex items-start justify-between gap-3">
        <h2 id="mis-keys" className="text-17 font-[580]">
          {words.title}
          {cards.length > 0 && (
            <span className="ml-2 text-13 font-normal text-quiet">{words.count(cards.length)}</span>
          )}
        </h2>
        {cards.length > 0 && (
          <CsvDownload label={chart.csv} name={chart.csvOf(words.title)} fileName={fileName} rows={table} />
        )}
      </div>
      <p className="mt-1 max-w-[68ch] text-13 text-quiet">{words.lead}</p>
      {cards.length === 0 ? (
        <p className="mt-3">{words.nothing}</p>
      ) : (
        <ol className="mt-3">
          {cards.map((card) => (
            <Card key={card.part.partId} card={card} address={address} />
          ))}
        </ol>
      )}
      <details className="mt-3 text-13 text-quiet">
        <summary className="tool -ml-2 cursor-pointer list-none">{words.howTitle}</summary>
        <p className="mt-1 max-w-[72ch]">{words.how}</p>
      </details>
    </section>
  )
}

function Card({ card, address }: { card: MisKeyCard; address: string }) {
  const { interface: language } = usePreferences().language
  const words = misKeyDictionaries[language]
  const { part } = card
  const { finding, question } = wordMisKey(card, words, language)
  const link = 'link inline-flex min-h-6 items-center'
  return (
    <li className="grid grid-cols-[3.25rem_1fr] gap-2 border-t py-3 first:border-t-0">
      <span className="font-[560]">Q{part.label}</span>
      <div className="min-w-0">
        <p>
          {finding} <span className="font-[560]">{question}</span>
        </p>
        {part.evidence?.why && (
          <div className="mt-1 text-13 text-quiet">
            <VerdictMark verdict={part.evidence.judgement} />{' '}
            <BilingualText text={part.evidence.why} className="inline!" second="hidden" />
          </div>
        )}
        <p className="no-print mt-1 flex flex-wrap gap-x-4 text-13">
          <Link className={link} href={`${address}#question-${part.questionLabel}`} prefetch={false}>
            {words.question}
          </Link>
          <Link className={link} href={`${address}/evidence#part-${part.partId}`} prefetch={false}>
            {words.evidence}
          </Link>
          {part.figureId && (
            <a className={link} href={`/api/figures/${part.figureId}/image`}>
              {words.figure}
            </a>
          )}
        </p>
      </div>
    </li>
  )
}
