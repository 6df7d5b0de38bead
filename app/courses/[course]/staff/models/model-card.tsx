'use client'

import type { ReactNode } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { showBytes } from '@/app/components/show-bytes'
import type { ModelCard } from '@/lib/models/view'
import { useModelMessages } from './use-model-messages'

const number = (value: number) => value.toLocaleString('en')

/** What was found in a model, folded up below a line that says the most of it. */
export function ModelCardView({
  name,
  card,
  classes,
  children,
}: {
  name: string
  card: ModelCard
  classes: readonly string[] | null
  /** Further facts, which its uploader or maker says. */
  children?: ReactNode
}) {
  const words = useModelMessages()
  return (
    <>
      <p className="mt-0.5 text-13 text-quiet">
        {[
          words.kind[card.kind],
          card.input && words.inputSize(card.input.height, card.input.width),
          `${words.parameters} ${number(card.parameters)}`,
          showBytes(card.bytes),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Explainers card={card} />
      <details className="mt-2">
        <summary className="w-fit cursor-pointer py-1.5 text-13 font-[540]">
          {words.card}
          <span className="sr-only"> {name}</span>
        </summary>
        <dl className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-[10rem_1fr]">
          {children}
          {card.sha256 && (
            <Fact label={words.hash}>
              <code className="text-13 break-all">{card.sha256}</code>
            </Fact>
          )}
          {card.layers !== null && <Fact label={words.layers}>{card.layers}</Fact>}
          {classes && (
            <Fact label={words.outputs}>
              <ol className="list-inside list-decimal text-13 sm:columns-2" start={0}>
                {classes.map((name, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a class is
                  <li key={index}>{name}</li>
                ))}
              </ol>
            </Fact>
          )}
        </dl>
        <Operators card={card} />
        {card.predictions && classes && <Predictions predictions={card.predictions} classes={classes} />}
      </details>
    </>
  )
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-13 text-quiet">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

function Explainers({ card }: { card: ModelCard }) {
  const words = useModelMessages()
  if (card.kind === 'language') return <p className="mt-1 text-13">{words.languageExplainers}</p>
  return (
    <div className="mt-1 text-13">
      <p>{card.obstacles.length === 0 ? words.allExplainers : words.onlyForward}</p>
      {card.obstacles.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {card.obstacles.slice(0, 10).map(({ operator, node, reason }) => (
            <li key={node} className="break-words">
              {words.obstacles[reason](operator, node)}
            </li>
          ))}
        </ul>
      )}
      {card.notes.map((note) => (
        <p key={note} className="mt-1 text-quiet">
          {words.notes[note]}
        </p>
      ))}
    </div>
  )
}

function Operators({ card }: { card: ModelCard }) {
  const words = useModelMessages()
  return (
    <table className="mt-4 w-full max-w-md text-13">
      <caption className="pb-1 text-left font-[540]">{words.operators}</caption>
      <thead>
        <tr className="border-b text-left text-quiet">
          <th scope="col" className="py-1 font-normal">
            {words.operator}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {words.count}
          </th>
          {card.kind !== 'language' && (
            <th scope="col" className="py-1 pl-6 font-normal">
              {words.gradient}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {card.operators.map(({ operator, count, differentiable }) => (
          <tr key={operator} className="border-b">
            <th scope="row" className="py-1 text-left font-normal break-all">
              {operator}
            </th>
            <td className="numbers py-1 text-right">{number(count)}</td>
            {card.kind !== 'language' && <td className="py-1 pl-6">{words.hasGradient(differentiable)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Predictions({
  predictions,
  classes,
}: {
  predictions: NonNullable<ModelCard['predictions']>
  classes: readonly string[]
}) {
  const words = useModelMessages()
  return (
    <div className="mt-5">
      <table className="w-full text-13">
        <caption className="pb-1 text-left">
          <span className="font-[540]">{words.predictions}</span>{' '}
          <span className="text-quiet">{words.predictionsLead}</span>
        </caption>
        <thead>
          <tr className="border-b text-left text-quiet">
            <th scope="col" className="py-1 font-normal">
              {words.picture}
            </th>
            <th scope="col" className="py-1 font-normal">
              {words.likeliest}
            </th>
          </tr>
        </thead>
        <tbody>
          {predictions.map(({ picture, title, top }) => (
            <tr key={picture} className="border-b align-top">
              <th scope="row" className="w-1/2 py-1.5 pr-4 text-left font-normal">
                <BilingualText text={title} />
              </th>
              <td className="py-1.5">
                <ol className="flex flex-col gap-x-4 sm:flex-row sm:flex-wrap">
                  {top.map(({ index, probability }, place) => (
                    <li key={index} className={place === 0 ? 'font-[560]' : 'text-quiet'}>
                      {classes[index]} <span className="numbers">{(100 * probability).toFixed(1)} %</span>
                    </li>
                  ))}
                </ol>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
