'use client'

import { useId } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { NumberField, SelectField } from '@/app/components/field'
import type { PartKey, QuestionPart, Rule } from '@/lib/questions/content'
import { optionLetter } from '@/lib/questions/option-letter'
import { formatPoints } from '@/lib/scoring/points'
import { ruleWording } from '@/lib/scoring/wording'
import { workExamples } from '@/lib/scoring/worked-examples'
import { useRuleMessages } from './messages/rules'

const rules = ['exact', 'right-minus-wrong', 'each-decision', 'coverage', 'weighted'] as const

/** A part's rule: a menu, weights where it has them, and what answers would earn by it, which follows every change. */
export function RuleExamples({
  part,
  partKey,
  onChange,
}: {
  part: QuestionPart
  partKey: Pick<PartKey, 'correct' | 'rule' | 'alsoAccepted'>
  onChange: (rule: Rule) => void
}) {
  const words = useRuleMessages()
  const inLanguage = useOneLanguage()
  const { rule, correct } = partKey
  const names = rules.some((name) => name === rule.name) ? rules : [rule.name, ...rules]
  const choose = (name: Rule['name']) =>
    onChange(name === 'weighted' ? { name, fractions: evenFractions(correct) } : { name })
  return (
    <div className="grid gap-4">
      <SelectField
        label={words.rule}
        value={rule.name}
        options={names.map((name): [Rule['name'], string] => [name, inLanguage(ruleWording[name])])}
        onChange={choose}
      />
      {rule.name === 'weighted' && (
        <Weights part={part} correct={correct} fractions={rule.fractions} onChange={onChange} />
      )}
      <ExampleTable part={part} partKey={partKey} />
    </div>
  )
}

/** @returns 1,000 thousandths shared among the correct options, as evenly as whole numbers allow. */
function evenFractions(correct: readonly string[]): Record<string, number> {
  const each = Math.floor(1000 / correct.length)
  return Object.fromEntries(
    correct.map((id, index) => [id, index === 0 ? 1000 - each * (correct.length - 1) : each]),
  )
}

function Weights({
  part,
  correct,
  fractions,
  onChange,
}: {
  part: QuestionPart
  correct: readonly string[]
  fractions: Readonly<Record<string, number>>
  onChange: (rule: Rule) => void
}) {
  const words = useRuleMessages()
  const note = useId()
  const sum = correct.reduce((total, id) => total + (fractions[id] ?? 0), 0)
  return (
    <fieldset aria-describedby={note}>
      <legend className="text-13 font-[540]">{words.weights}</legend>
      <div className="mt-1.5 grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3">
        {part.options.map(({ id }, index) => {
          const isCorrect = correct.includes(id)
          return (
            <NumberField
              key={id}
              label={words.weightOf(optionLetter(index))}
              value={(fractions[id] ?? 0) / 10}
              min={isCorrect ? 0 : -100}
              max={isCorrect ? 100 : 0}
              step={0.1}
              onChange={(percent) =>
                onChange({
                  name: 'weighted',
                  fractions: { ...fractions, [id]: Math.round((percent ?? 0) * 10) },
                })
              }
            />
          )
        })}
      </div>
      <p id={note} className="mt-2 text-13 text-quiet">
        {words.weightHint}{' '}
        <span role="status" className={sum === 1000 ? '' : 'text-wrong'}>
          {sum === 1000 ? words.sumRight : words.sum(String(sum / 10))}
        </span>
      </p>
    </fieldset>
  )
}

function ExampleTable({
  part,
  partKey,
}: {
  part: QuestionPart
  partKey: Pick<PartKey, 'correct' | 'rule' | 'alsoAccepted'>
}) {
  const words = useRuleMessages()
  const inLanguage = useOneLanguage()
  const examples = workExamples(part, partKey)
  const letters = (ids: readonly string[]) =>
    part.options.flatMap(({ id }, index) => (ids.includes(id) ? [optionLetter(index)] : [])).join(', ')
  if (examples.length === 0) return <p className="text-13 text-quiet">{words.noKey}</p>
  const head = 'py-1.5 pr-4 text-left text-13 font-[540] text-quiet'
  return (
    <table className="w-full text-15" aria-live="polite">
      <caption className="pb-1 text-left text-13 font-[540]">{words.title}</caption>
      <thead>
        <tr className="border-b">
          <th scope="col" className={head}>
            {words.answer}
          </th>
          <th scope="col" className={`${head} text-right`}>
            {words.points}
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            {words.why}
          </th>
        </tr>
      </thead>
      <tbody>
        {examples.map(({ kind, chosen, points, reason }) => (
          <tr key={chosen.join(' ')} className="border-b align-top last:border-b-0">
            <th scope="row" className="py-1.5 pr-4 text-left font-normal">
              {words.kinds[kind]}
              {chosen.length > 0 && <span className="text-13 text-quiet"> {letters(chosen)}</span>}
              <span className="block text-13 text-quiet sm:hidden">{inLanguage(reason)}</span>
            </th>
            <td className="numbers py-1.5 pr-4 text-right whitespace-nowrap">
              {formatPoints(points)} <span className="text-quiet">/ {formatPoints(part.points)}</span>
            </td>
            <td className="py-1.5 text-13 text-quiet max-sm:hidden">{inLanguage(reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
