'use client'

import { X } from 'lucide-react'
import { useId } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Field, NumberField, SelectField } from '@/app/components/field'
import type { Rule } from '@/lib/questions/content'
import { optionLetter } from '@/lib/questions/option-letter'
import { versionNames } from '@/lib/questions/version-name'
import { type Policy, policySchema } from '@/lib/regrading/schema'
import type { RegradablePart } from '@/lib/regrading/view'
import { type ChangeState, freshChange } from './change-state'
import { useRegradeMessages } from './messages/use-regrade-messages'

const rules = ['exact', 'right-minus-wrong', 'each-decision', 'coverage', 'weighted'] as const

/** One change: which part, what becomes of scores, and the new key where there is one. */
export function ChangeFields({
  parts,
  change,
  error,
  onChange,
  onRemove,
}: {
  parts: readonly RegradablePart[]
  change: ChangeState
  error: string | null
  onChange: (next: ChangeState) => void
  onRemove?: () => void
}) {
  const { form, policies, policyHints, effect } = useRegradeMessages()
  const inLanguage = useOneLanguage()
  const chosen = parts[change.at]!
  const several = parts.filter(({ partId }) => partId === chosen.partId).length > 1
  const namesOf = ({ versions }: RegradablePart) =>
    inLanguage(versionNames(versions.map(({ version }) => version)))
  const nameOf = (part: RegradablePart) => {
    const { label, prompt, partId } = part
    const name = form.partOf(label, inLanguage(prompt).slice(0, 80))
    const shared = parts.filter((other) => other.partId === partId).length > 1
    return shared ? `${name} (${form.versions(namesOf(part))})` : name
  }
  const named = policySchema.options.map((policy): [Policy, string] => [policy, policies[policy]])
  const rekeys = change.policy !== 'full' && change.policy !== 'drop'
  return (
    <fieldset className="mt-4 rounded-card border px-4 py-5 sm:px-6">
      <legend className="px-1 text-15 font-[560]">
        {effect.item(chosen.label)}
        {several && ` · ${form.versions(namesOf(chosen))}`}
      </legend>
      {onRemove && (
        <button type="button" className="tool float-right" aria-label={form.remove} onClick={onRemove}>
          <X size={18} aria-hidden="true" />
        </button>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={form.part}
          hint={[form.scores(chosen.scores), chosen.points === 0 && form.dropped].filter(Boolean).join(' · ')}
          value={String(change.at)}
          options={parts.map((part, at): [string, string] => [String(at), nameOf(part)])}
          onChange={(at) => onChange({ ...freshChange(parts, Number(at)), policy: change.policy })}
        />
        <SelectField
          label={form.policy}
          hint={policyHints[change.policy]}
          value={change.policy}
          options={named}
          onChange={(policy) => onChange({ ...change, policy })}
        />
      </div>
      {rekeys && <KeyFields chosen={chosen} change={change} onChange={onChange} />}
      {error && (
        <p role="alert" className="mt-4 text-13 text-wrong">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function KeyFields({
  chosen: { part },
  change,
  onChange,
}: {
  chosen: RegradablePart
  change: ChangeState
  onChange: (next: ChangeState) => void
}) {
  const { form, rules: ruleNames } = useRegradeMessages()
  const inLanguage = useOneLanguage()
  const group = useId()
  const one = part.selection.kind === 'one'
  const toggle = (id: string) => {
    const without = change.correct.filter((known) => known !== id)
    const correct = one ? [id] : without.length < change.correct.length ? without : [...change.correct, id]
    onChange({ ...change, correct })
  }
  return (
    <>
      <fieldset className="mt-5">
        <legend className="text-13 font-[540]">{form.correct}</legend>
        <ul className="mt-1.5 grid gap-1">
          {part.options.map(({ id, text }, index) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4">
              <label className="flex min-h-9 min-w-0 flex-1 items-start gap-3 py-1.5">
                <input
                  type={one ? 'radio' : 'checkbox'}
                  name={group}
                  value={id}
                  className="tick"
                  checked={change.correct.includes(id)}
                  onChange={() => toggle(id)}
                />
                <span className="min-w-0 break-words">
                  <span className="font-semibold text-quiet">{optionLetter(index)}</span> {inLanguage(text)}
                </span>
              </label>
              {change.rule === 'weighted' && (
                <div className="w-36">
                  <NumberField
                    label={form.weight(optionLetter(index))}
                    value={(change.fractions[id] ?? 0) / 10}
                    min={-100}
                    max={100}
                    step={0.1}
                    onChange={(percent) =>
                      onChange({
                        ...change,
                        fractions: { ...change.fractions, [id]: Math.round((percent ?? 0) * 10) },
                      })
                    }
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <SelectField
          label={form.rule}
          value={change.rule}
          options={rules.map((rule): [Rule['name'], string] => [rule, ruleNames[rule]])}
          onChange={(rule) => onChange({ ...change, rule })}
        />
        <NumberField
          label={form.points}
          value={change.points === null ? null : change.points / 1000}
          min={0.001}
          max={1000}
          step={0.001}
          onChange={(points) =>
            onChange({ ...change, points: points === null ? null : Math.round(points * 1000) })
          }
        />
        {(['en', 'zh'] as const).map((language) => (
          <Field key={language} label={language === 'en' ? form.explanationEn : form.explanationZh}>
            {(control) => (
              <textarea
                {...control}
                rows={4}
                lang={language === 'zh' ? 'zh-Hant' : 'en'}
                className="field"
                value={change.explanation[language]}
                onChange={({ target }) =>
                  onChange({ ...change, explanation: { ...change.explanation, [language]: target.value } })
                }
              />
            )}
          </Field>
        ))}
      </div>
    </>
  )
}
